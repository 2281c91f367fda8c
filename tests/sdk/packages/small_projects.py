"""The smallest projects in four languages that a client can install and call: `hello()` answers the version."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

from themekit.model import Artifact

VERSION = "1.2.3"

PYTHON = {
    "pyproject.toml": b"""[build-system]
requires = ["hatchling>=1.27"]
build-backend = "hatchling.build"

[project]
name = "Acme.Small_SDK"
version = "1.2.3"
description = "A small library"
readme = "README.md"
license = "Apache-2.0"
requires-python = ">=3.10"
classifiers = ["Typing :: Typed"]

[tool.hatch.build.targets.wheel]
packages = ["src/acme_small"]

[project.urls]
Homepage = "https://acme.example"
""",
    "README.md": "# Ein kleines Paket für „Acme“\n".encode(),
    "LICENSE": b"Apache License\n",
    "src/acme_small/__init__.py": b'def hello() -> str:\n    return "1.2.3"\n',
    "src/acme_small/py.typed": b"",
}

NPM = {
    "package.json": b'{"name": "@acme/small", "version": "1.2.3", "main": "index.js", "license": "Apache-2.0"}\n',
    "index.js": b'exports.hello = () => "1.2.3";\n',
    "tests/index.test.js": b"// not packed\n",
}

GO = {
    "go.mod": b"module acme.example/Small\n\ngo 1.21\n",
    "small.go": b'package small\n\nfunc Hello() string { return "1.2.3" }\n',
}

JAVA = {
    "pom.xml": b"""<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.acme</groupId>
  <artifactId>small</artifactId>
  <version>1.2.3</version>
</project>
""",
    "src/main/java/com/acme/Small.java": b"""package com.acme;

public final class Small {
    public static String hello() { return "1.2.3"; }
}
""",
}


def write(artifacts: tuple[Artifact, ...], folder: Path) -> None:
    """Write the files below a folder."""
    for artifact in artifacts:
        target = folder / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.content)


class _Quiet(SimpleHTTPRequestHandler):
    """A static host, as plain as there is."""

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """The folder on a static host of loopback; its address, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
