"""Builds decK, Kong's own tool for declarative files, from the Go module proxy: it is in no package registry.

    .venv/bin/python tests/gateway/kong/build_deck.py FOLDER

`go install` refuses decK, whose `go.mod` replaces two modules. A module of our own with the same replacements, and
with decK's checksums, builds it: Go checks decK itself against sum.golang.org, and the rest against decK's `go.sum`.
It takes some four minutes of processor time and 1 GB in Go's cache. Then `THEMEKIT_DECK=FOLDER/deck` is what
`test_deck.py` runs.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

VERSION = "v1.55.0"
MODULE = "github.com/kong/deck"
MAIN = """package main

import (
\t"context"

\t"github.com/kong/deck/cmd"
)

func main() { cmd.Execute(context.Background()) }
"""


def go(folder, *words):
    environment = os.environ | {"GOFLAGS": "-mod=mod"}
    return subprocess.run(["go", *words], cwd=folder, env=environment, check=True, stdout=subprocess.PIPE).stdout


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    source = Path(json.loads(go(folder, "mod", "download", "-json", f"{MODULE}@{VERSION}"))["Dir"])
    asked = (source / "go.mod").read_text(encoding="utf-8")
    rest = re.sub(r"^module .*$", "", asked, count=1, flags=re.MULTILINE)
    own = f"module example.com/deck\n{rest}\nrequire {MODULE} {VERSION}\n"
    (folder / "go.mod").write_text(own, encoding="utf-8")
    (folder / "go.sum").write_bytes((source / "go.sum").read_bytes())
    (folder / "main.go").write_text(MAIN, encoding="utf-8")
    go(folder, "build", "-o", "deck", ".")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
