"""The gallery shows each component with the markup that its rules are written for."""

from html.parser import HTMLParser
from importlib.resources import files

VOID = {"input", "link", "meta", "br", "img"}
PARTS = {  # a class → what has it, and what stands directly in that
    "tk-select": ("span", {"select"}),
    "tk-breadcrumb": ("ol", {"li"}),
    "tk-pagination": ("ul", {"li"}),
    "tk-code-block": ("div", {"header", "pre"}),
    "tk-table-wrap": ("div", {"table"}),
    "tk-disclosure": ("details", {"summary", "div"}),
    "tk-alert": ("div", {"svg", "p"}),
}


class Tree(HTMLParser):
    """The tag of each element, its classes, and the tags of its children."""

    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attrs):
        element = (tag, (dict(attrs).get("class") or "").split(), [])
        if self.open:
            self.open[-1][2].append(tag)
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        assert tag == self.open.pop()[0]


def test_components_have_the_markup_of_their_rules():
    tree = Tree()
    template = files("themekit").joinpath("data/templates/preview/gallery.html")
    tree.feed(template.read_text(encoding="utf-8"))
    for name, (tag, children) in PARTS.items():
        shown = [each for each in tree.found if name in each[1]]
        assert shown, name
        assert [(tag, children)] * len(shown) == [(each[0], set(each[2])) for each in shown], name
