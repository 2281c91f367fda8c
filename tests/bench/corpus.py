"""A themekit project of any size, the same bytes every time: pages like real docs, brands with awkward names.

    python tests/bench/corpus.py OUT [--pages N] [--brands N] [--variants N] [--seed N] [--corpus DIR]
    python tests/bench/corpus.py --measure DIR

The second prints the statistics of any folder of pages. `PROFILE` has those of the docs of Material for MkDocs at
5b36f2a (77 pages, 0.83 MB; see ../shared/corpora/SOURCES.md), so a made page has their lengths, headings, code, tables,
admonitions, tabs and links. With `--corpus`, the pages are those of a folder; only the brands are made.
"""

from __future__ import annotations

import argparse
import random
import re
import statistics
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

sys.path.insert(0, str(Path(__file__).parents[2]))
sys.path.insert(0, str(Path(__file__).parent))

from made_brands import brand_files
from prose import CODE, heading, paragraph, sentence, words

ROOT = Path(__file__).parents[2]
SECTIONS = ("get-started", "guides", "payments", "payouts", "reports", "sdks", "samples", "resources")
QUANTILES = (0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 0.97, 1.0)
PROFILE: dict[str, tuple[int, ...]] = {
    "words": (44, 305, 492, 698, 1435, 2083, 2654, 4811),
    "h2": (0, 1, 2, 2, 3, 4, 6, 9),
    "h3": (0, 0, 2, 4, 7, 11, 15, 17),
    "h4": (0, 0, 0, 0, 2, 11, 29, 60),
    "code": (0, 0, 3, 8, 15, 28, 50, 87),
    "tables": (0, 0, 0, 0, 0, 1, 1, 5),
    "admonitions": (0, 0, 0, 1, 2, 4, 10, 15),
    "tabs": (0, 0, 0, 2, 4, 11, 21, 49),
    "links": (0, 0, 0, 3, 7, 17, 34, 59),
    "list items": (0, 0, 3, 6, 18, 26, 36, 60),
    "code spans": (0, 0, 4, 12, 33, 59, 111, 139),
    "brand fields": (0, 1, 1, 2, 3, 6, 11, 247),
}
"""Counts a page at QUANTILES."""
DEPTHS = (0.1, 0.8)  # measured: a tenth of the pages at the root, a fifth in a folder of a section
PICTURES_A_PAGE = 0.75
PICTURE_BYTES = (3_961, 7_013, 29_102, 139_695, 171_979, 240_355, 1_241_031, 1_770_745)
LINES_OF_CODE = (1, 1, 3, 3, 6, 10, 22, 244)
"""Of one block; the mean is 5.9."""
LIKENESS = 0.7  # how far a page's counts go together: a long page has more of everything

Files = dict[PurePosixPath, bytes]


@dataclass(frozen=True, slots=True)
class Size:
    """What project to make. `variants` are at most 6: kinds of brands that cannot share a render."""

    pages: int = 150
    brands: int = 4
    variants: int = 1
    seed: int = 1


def made_project(size: Size) -> Files:
    """mkdocs.yml, docs_src and brands of a made project."""
    return {**made_pages(size.pages, seed=size.seed), **brands_of(size)}


def folder_project(folder: Path, size: Size) -> Files:
    """The same with the pages of a folder; `size.pages` does not count."""
    pages: Files = {PurePosixPath("mkdocs.yml"): configuration(None)}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".md":
            content = without_templates(content.decode()).encode()
        pages[PurePosixPath("docs_src", path.relative_to(folder).as_posix())] = content
    return {**pages, **brands_of(size)}


def brands_of(size: Size) -> Files:
    """The brands only."""
    return brand_files(size.brands, variants=size.variants, seed=size.seed)


def write_project(files: Files, folder: Path) -> None:
    """Write the files below a folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def made_pages(count: int, *, seed: int = 1) -> Files:
    """mkdocs.yml with a navigation, and `count` pages with their pictures."""
    chance = random.Random(seed)
    places = _places(count, chance)
    pictures = [PurePosixPath(f"assets/images/picture-{n}.png") for n in range(int(count * PICTURES_A_PAGE))]
    files: Files = {PurePosixPath("mkdocs.yml"): configuration(places)}
    for picture in pictures:
        files["docs_src" / picture] = _picture(chance, int(_at(PICTURE_BYTES, chance.random())))
    for place in places:
        near = [other for other in places if other.parent == place.parent]
        files["docs_src" / place] = _page(place, chance, near, pictures).encode()
    return files


def configuration(places: list[PurePosixPath] | None) -> bytes:
    """This project's mkdocs.yml with a navigation of these pages, or of none: then mkdocs makes one."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0] + "\n"
    if places is None:
        return text.encode()
    lines = ["nav:", "  - Home: index.md"]
    lines += [f"  - {place}" for place in places if len(place.parts) == 1 and place.name != "index.md"]
    for section in dict.fromkeys(place.parts[0] for place in places if len(place.parts) > 1):
        inside = [place for place in places if place.parts[0] == section]
        lines.append(f"  - {section.replace('-', ' ').capitalize()}:")
        lines += [f"      - {place}" for place in inside if len(place.parts) == 2]
        for group in dict.fromkeys(place.parts[1] for place in inside if len(place.parts) == 3):
            lines.append(f"      - {group.replace('-', ' ').capitalize()}:")
            lines += [f"          - {place}" for place in inside if place.parts[1:2] == (group,)]
    return ("\n" + text.lstrip("\n") + "\n".join(lines) + "\n").encode()


def without_templates(text: str) -> str:
    """Other people's pages show template tags and list tags in ways of their own."""
    lines = text.replace("<!-- material/tags", "<!-- ").split("\n")
    return "\n".join(f"{{% raw %}}\n{line}\n{{% endraw %}}" if "{%" in line else line for line in lines)


def _places(count: int, chance: random.Random) -> list[PurePosixPath]:
    """Paths in the order of the navigation: an index page in every section, the others as deep as real ones."""
    places = [PurePosixPath("index.md")]
    sections = SECTIONS[: max(1, min(len(SECTIONS), count // 4))]
    places += [PurePosixPath(section, "index.md") for section in sections]
    for number in range(count - len(places)):
        depth, section = chance.random(), sections[int(chance.random() * len(sections))]
        if depth < DEPTHS[0]:
            places.append(PurePosixPath(f"page-{number}.md"))
        elif depth < DEPTHS[1]:
            places.append(PurePosixPath(section, f"page-{number}.md"))
        else:
            places.append(PurePosixPath(section, f"group-{number % 3}", f"page-{number}.md"))
    return places[:count]


def _at(knots: tuple[int, ...], rank: float) -> float:
    """The value at a rank from 0 to 1, on straight lines between the quantiles."""
    for index in range(1, len(QUANTILES)):
        if rank <= QUANTILES[index]:
            part = (rank - QUANTILES[index - 1]) / (QUANTILES[index] - QUANTILES[index - 1])
            return knots[index - 1] + part * (knots[index] - knots[index - 1])
    return knots[-1]


def _counts(chance: random.Random) -> dict[str, int]:
    size = chance.random()
    found = {}
    for name, knots in PROFILE.items():
        rank = size if chance.random() < LIKENESS else chance.random()
        found[name] = round(_at(knots, rank))
    return found


def _page(place: PurePosixPath, chance: random.Random, near: list[PurePosixPath], pictures: list[PurePosixPath]) -> str:
    """Blocks in an order by chance, so that every kind stands beside every other."""
    counts = _counts(chance)
    blocks = [heading(chance, level) for level in (2, 3, 4) for _ in range(counts[f"h{level}"])]
    in_tabs = min(counts["tabs"], counts["code"])
    blocks += [_fence(chance) for _ in range(counts["code"] - in_tabs)]
    blocks += [_tabs(chance, 2) for _ in range(in_tabs // 2)]
    blocks += [_table(chance) for _ in range(counts["tables"])]
    blocks += [_admonition(chance) for _ in range(counts["admonitions"])]
    blocks += [_list(chance) for _ in range(counts["list items"] // 4)]
    blocks += [_link(chance, near) for _ in range(counts["links"])]
    if pictures and chance.random() < PICTURES_A_PAGE:
        picture = pictures[int(chance.random() * len(pictures))]
        blocks.append(f"![{words(chance, 3)}]({'../' * (len(place.parts) - 1)}{picture})")
    left = counts["words"] - sum(len(block.split()) for block in blocks if not block.startswith(("```", "===")))
    prose = [paragraph(chance, 60) for _ in range(max(1, left // 60))]
    prose = _sown(chance, prose, "{{_brand.name_}}", counts["brand fields"])
    blocks += _sown(chance, prose, "`capture_later`", counts["code spans"])
    text = "\n\n".join((f"# {sentence(chance, 3)}", *_shuffled(chance, blocks)))
    text = text.replace("{{_brand.name_}}", "{{ brand.name }}")
    return f"---\ndescription: {sentence(chance, 9)}\n---\n\n{text}\n"


def _sown(chance: random.Random, paragraphs: list[str], what: str, count: int) -> list[str]:
    """Put something among the words of paragraphs, some of it at every place."""
    split = [text.split(" ") for text in paragraphs]
    for _ in range(count):
        parts = split[int(chance.random() * len(split))]
        parts.insert(1 + int(chance.random() * (len(parts) - 1)), what)
    return [" ".join(parts) for parts in split]


def _shuffled(chance: random.Random, blocks: list[str]) -> list[str]:
    """By `random()` only: what other methods draw differs between versions of Python."""
    return [block for _, block in sorted((chance.random(), block) for block in blocks)]


def _fence(chance: random.Random) -> str:
    language, line = CODE[int(chance.random() * len(CODE))]
    lines = round(_at(LINES_OF_CODE, chance.random()))
    return f"```{language}\n" + "\n".join(line(chance) for _ in range(lines)) + "\n```"


def _tabs(chance: random.Random, count: int) -> str:
    tabs = []
    for number in range(count):
        body = "\n".join(f"    {line}" for line in _fence(chance).split("\n"))
        tabs.append(f'=== "Variant {number + 1}"\n\n{body}')
    return "\n\n".join(tabs)


def _link(chance: random.Random, near: list[PurePosixPath]) -> str:
    return f"Read [{words(chance, 2)}]({near[int(chance.random() * len(near))].name}) next."


def _table(chance: random.Random) -> str:
    rows = [f"| `{words(chance, 1)}` | {words(chance, 2)} | {sentence(chance, 8)} |" for _ in range(6)]
    return "\n".join(("| field | type | meaning |", "|---|---|---|", *rows))


def _admonition(chance: random.Random) -> str:
    kind = ("note", "tip", "warning", "info")[int(chance.random() * 4)]
    return f'!!! {kind} "{sentence(chance, 4)}"\n\n    {paragraph(chance, 35)}'


def _list(chance: random.Random) -> str:
    return "\n".join(f"- {sentence(chance, 9)}" for _ in range(4))


def _picture(chance: random.Random, size: int) -> bytes:
    """A PNG of noise of about `size` bytes; stored, so that every zlib makes the same."""
    width = 200
    height = max(1, size // (width + 1))
    rows = b"".join(b"\0" + bytes(int(chance.random() * 256) for _ in range(20)) * (width // 20) for _ in range(height))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes((8, 0, 0, 0, 0))
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big") for name, body in chunks
    )


def measured(folder: Path) -> dict[str, list[int]]:
    """Each page's counts, by the names of PROFILE."""
    found: dict[str, list[int]] = {name: [] for name in ("bytes", *PROFILE)}
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for name, value in page_counts(text).items():
            found[name].append(value)
    return found


_FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n]*\n(.*?)^[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE)
_COUNTED = {
    "h2": r"^## ",
    "h3": r"^### ",
    "h4": r"^#{4,6} ",
    "tables": r"^[ \t]*\|?[ :]*-{2,}[-| :]*\|[-| :]*$",
    "admonitions": r"^[ \t]*(!!!|\?\?\?)",
    "tabs": r"^[ \t]*===",
    "links": r"\]\(|\]\[",
    "list items": r"^[ \t]*(?:[-*]|\d+\.) ",
    "code spans": r"(?<!`)`[^`\n]+`",
}


def page_counts(text: str) -> dict[str, int]:
    """What is in one page, by the names of PROFILE."""
    fences = [match[2] for match in _FENCE.finditer(text)]
    prose = _FENCE.sub("", text)
    found = {"bytes": len(text.encode()), "words": len(prose.split())}
    found |= {name: len(re.findall(pattern, prose, re.MULTILINE)) for name, pattern in _COUNTED.items()}
    found["code"] = len(fences)
    return found | {"brand fields": text.count("{{")}


def show(folder: Path) -> None:
    """Print the statistics of a folder, in the form of PROFILE."""
    counts = measured(folder)
    print(f"{len(counts['bytes'])} pages, {sum(counts['bytes']) / 1e6:.2f} MB")
    print(f"{'a page':14}{'mean':>9}" + "".join(f"{f'p{100 * each:.0f}':>8}" for each in QUANTILES))
    for name, values in counts.items():
        ranked = sorted(values)
        knots = [ranked[min(len(ranked) - 1, int(each * len(ranked)))] for each in QUANTILES]
        print(f"{name:14}{statistics.mean(values):9.1f}" + "".join(f"{knot:8}" for knot in knots))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, nargs="?", help="the folder to write the project to")
    parser.add_argument("--measure", type=Path, metavar="DIR", help="print the statistics of a folder of pages")
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="take the pages of this folder")
    for name in ("pages", "brands", "variants", "seed"):
        parser.add_argument(f"--{name}", type=int, default=getattr(Size(), name))
    given = parser.parse_args()
    if given.measure:
        show(given.measure)
    elif given.out:
        size = Size(given.pages, given.brands, given.variants, given.seed)
        files = folder_project(given.corpus, size) if given.corpus else made_project(size)
        write_project(files, given.out)
        print(f"{len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB in {given.out}")
    else:
        parser.error("say where to write to, or what to measure")


if __name__ == "__main__":
    main()
