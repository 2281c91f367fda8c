"""A project in memory, and what reading its brand gives."""

from dataclasses import dataclass, field
from pathlib import PurePosixPath

import pytest

from themekit.diagnostics.text import render_text
from themekit.model import BrandId
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.json_text import decoded_text
from themekit.source.locate import all_located

BRAND = "brands/acme/brand.json"
SECTIONS = (
    "get-started",
    "guides",
    "payments",
    "payouts",
    "disputes",
    "reference",
    "sdks",
    "samples",
    "resources",
    "handbook",
)


@dataclass
class Reading:
    """A brand or None, what was reported, what was printed for it, and which paths were asked for."""

    brand: object
    diagnostics: tuple
    asked: list = field(default_factory=list)

    @property
    def codes(self):
        return [diagnostic.code for diagnostic in self.diagnostics]

    @property
    def messages(self):
        return [diagnostic.message for diagnostic in self.diagnostics]

    @property
    def hints(self):
        return [diagnostic.hint for diagnostic in self.diagnostics]

    @property
    def text(self):
        return render_text(self.diagnostics)


def read_files(files, *, path=BRAND, sections=SECTIONS):
    files = {name: text if isinstance(text, bytes) else text.encode() for name, text in files.items()}
    asked = []

    def read(name):
        asked.append(str(name))
        return files.get(str(name))

    def list_folder(folder):
        asked.append(f"{folder}/")
        below = [
            PurePosixPath(name).relative_to(folder).parts for name in files if folder in PurePosixPath(name).parents
        ]
        return tuple(sorted({parts[0] if len(parts) == 1 else f"{parts[0]}/" for parts in below}))

    brand_id = BrandId(PurePosixPath(path).parent.name)
    inputs = BrandInputs(read, list_folder, sections)
    brand, diagnostics = parse_brand(PurePosixPath(path), files[path], brand_id=brand_id, inputs=inputs)
    assert (brand is None) == any(diagnostic.is_error for diagnostic in diagnostics)
    located = all_located(diagnostics, lambda name: decoded_text(files[str(name)]) if str(name) in files else None)
    return Reading(brand, located, asked)


@pytest.fixture
def read():
    """`read(text, **other_files)`: a brand file, and other files by path."""

    def call(text, files=None, **options):
        return read_files({options.get("path", BRAND): text, **(files or {})}, **options)

    return call


@pytest.fixture
def read_fields(read):
    """`read_fields('"version": "1.0"')`: members added to the smallest legal brand."""

    def call(members, files=None, **options):
        return read('{"name": "Acme", "color": {"primary": "#0b5fff"}, ' + members + "}", files, **options)

    return call


@pytest.fixture
def read_tokens(read_fields):
    """`read_tokens('{"a": …}')`: the `tokens` object of a brand."""

    def call(tokens):
        return read_fields(f'"tokens": {tokens}')

    return call


@pytest.fixture(scope="session")
def read_project():
    """`read_project(files, path=…)`: a brand among files by path."""
    return read_files
