"""What it costs to read a brand file: the samples, a large token set, and finding the places of mistakes.

    .venv/bin/python tests/bench/bench_source.py

CPU time of this process, medians of alternating runs.
"""

import json
import platform
import statistics
import sys
import time
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[2]))

from themekit.model import BrandId
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.json_text import decoded_text
from themekit.source.locate import all_located

ROOT = Path(__file__).parents[2]
REPEATS = 41
LARGE = 1500  # tokens; the size of a large real design system


def from_disk():
    """Inputs with every file already in memory, so that only reading the text is measured."""
    files = {str(path.relative_to(ROOT)): path.read_bytes() for path in (ROOT / "brands").rglob("*") if path.is_file()}
    names = {}
    for path in files:
        place = PurePosixPath(path)
        names.setdefault(place.parent, []).append(place.name)
    return files, BrandInputs(lambda path: files.get(str(path)), lambda folder: tuple(names.get(folder, ())))


def large(value):
    groups = {f"group{i}": {f"token{j}": {"$value": value} for j in range(30)} for i in range(LARGE // 30)}
    tokens = {"$type": "color", **groups}
    return json.dumps({"name": "Large", "color": {"primary": "#0b5fff"}, "tokens": tokens}, indent=2).encode()


def main():
    files, inputs = from_disk()
    works = {}

    def add(name, brand_id, content):
        path = PurePosixPath(f"brands/{brand_id}/brand.json")
        works[name, len(content)] = lambda: parse_brand(path, content, brand_id=BrandId(brand_id), inputs=inputs)

    for brand_id in ("acme", "harrow", "volt", "zitrone"):
        add(brand_id, brand_id, files[f"brands/{brand_id}/brand.json"])
    add(f"{LARGE} tokens", "large", large({"colorSpace": "oklch", "components": [0.6, 0.1, 250]}))
    wrong = large("#12")
    add(f"{LARGE} mistakes", "wrong", wrong)
    _, found = works[f"{LARGE} mistakes", len(wrong)]()
    works[f"{LARGE} places", len(wrong)] = lambda: all_located(found, lambda _: decoded_text(wrong))
    times = {key: [] for key in works}
    for _ in range(REPEATS):
        for key, work in works.items():
            start = time.process_time()
            work()
            times[key].append((time.process_time() - start) * 1000)
    print(f"Python {platform.python_version()}, {platform.machine()}; ms of CPU, {REPEATS} runs each")
    print(f"{'file':14} {'bytes':>8} {'median':>8} {'best':>8}")
    for (name, size), each in times.items():
        print(f"{name:14} {size:8} {statistics.median(each):8.2f} {min(each):8.2f}")


if __name__ == "__main__":
    main()
