"""Search one parser for an input that it does not survive, led by what code each input reaches.

    .venv/bin/python tests/fuzz/fuzz.py PARSER [--seconds 600]

Needs `pip install atheris`, which is no part of the lock: it takes Clang on some systems. An input that raises, or
takes more than 2 seconds or 2 GB, ends the search with 77 and is written to `tests/fuzz/corpus/PARSER/`: fix the
parser, keep the file.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CPU_S = 2  # an input that takes longer is a fault, on a busy machine too
TIMEOUT_S = 60  # what does not come back to be measured
MEMORY_MB = 2048
MAX_BYTES = 64 << 10


def main() -> None:
    """Run libFuzzer over the parser; does not return."""
    asked = argparse.ArgumentParser()
    asked.add_argument("parser")
    asked.add_argument("--seconds", type=int, default=600)
    given = asked.parse_args()
    import atheris

    sys.path.insert(0, str(ROOT))
    with atheris.instrument_imports(include=["themekit", "tuf"]):
        from tests.fuzz.parsers import PARSERS, corpus
    parser = PARSERS[given.parser]
    seeds = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for content in corpus(parser.name):
        (seeds / hashlib.sha256(content).hexdigest()).write_bytes(content)
    kept = HERE / "corpus" / parser.name
    kept.mkdir(parents=True, exist_ok=True)
    options = [f"-max_total_time={given.seconds}", f"-timeout={TIMEOUT_S}", f"-rss_limit_mb={MEMORY_MB}"]
    options += [f"-max_len={MAX_BYTES}", f"-artifact_prefix={kept}/", "-print_final_stats=1", str(seeds)]

    def parse(content: bytes) -> None:
        began = time.process_time()
        parser.parse(content)
        if time.process_time() - began > CPU_S:
            raise TimeoutError(f"{len(content)} bytes took more than {CPU_S} s of processor time")

    atheris.Setup([sys.argv[0], *options], parse)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
