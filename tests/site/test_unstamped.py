"""A file that is rendered for each brand is told of at the page's placeholder."""

from pathlib import PurePosixPath

import pytest

from themekit.model import SiteTemplate, SourceFile
from themekit.site.unstamped import unstamped

PAGE = SourceFile(PurePosixPath("docs_src/x.md"), b"# X\n\n{{ brand.tagline }} of {{ brand.name }}\n")
PLAIN = SourceFile(PurePosixPath("docs_src/y.md"), b"# Y\n")


@pytest.mark.parametrize(
    ("path", "reason", "place"),
    [
        ("x.html", "it shows `name` in a way that is not known", (PAGE.path, 3, 24)),
        ("x.html", "it shows `urls.site` in a way that is not known", (PAGE.path, 3, 1)),
        ("x.html", "it depends on a brand's text beyond showing it", (PAGE.path, 3, 1)),
        ("y.html", "it depends on a brand's text beyond showing it", (PLAIN.path, 1, 1)),
        ("x.html", "`main.html` decides by `brand.name` (`==`)", (PAGE.path, 3, 24)),
        ("404.html", "it shows `name` in a way that is not known", None),
    ],
)
def test_the_place_is_the_placeholder(path, reason, place):
    template = SiteTemplate((), ((PurePosixPath(path), reason),))
    (found,) = unstamped(template, (PAGE, PLAIN), locale="en")
    assert place == (found.place and (found.place.path, found.place.line, found.place.column))
    assert ("not-stamped", f"`{path}` is rendered for each brand: {reason}") == (found.code, found.message)


def test_many_files_of_one_reason_are_told_in_one_line():
    plain = tuple((PurePosixPath(f"{number}.html"), "so") for number in range(9))
    (found,) = unstamped(SiteTemplate((), plain), (PAGE,), locale="en")
    assert "`0.html` and 8 other files are rendered for each brand: so" == found.message
