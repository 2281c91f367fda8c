"""Which declaration gives a colour, from what the browser's protocol answers."""

from themekit.studio.chromium.cascade import Cascade, Paint

SHEET = {"header": {"styleSheetId": "1", "sourceURL": "http://portal.localhost/acme/site/assets/portal.css"}}


def style(*declared, sheet="1", line=0):
    """Each as name, value, and what else the protocol says of it."""
    properties = [{"name": name, "value": value, **more} for name, value, more in declared]
    return {"styleSheetId": sheet, "range": {"startLine": line}, "cssProperties": properties}


def matched(*styles, inline=None, ancestors=()):
    rules = [{"rule": {"style": each}} for each in styles]
    return {"matchedCSSRules": rules, "inherited": list(ancestors), **({"inlineStyle": inline} if inline else {})}


class Session:
    """Answers as the browser does; `node` is 0 for a selector that finds nothing."""

    def __init__(self, answer, node=5):
        self._answers = {
            "DOM.getDocument": {"root": {"nodeId": 1}},
            "DOM.querySelector": {"nodeId": node},
            "CSS.getMatchedStylesForNode": answer,
        }

    def send(self, method, _=None):
        return self._answers[method]


def paint(answer, names=("color",), *, inherited=True, node=5):
    cascade = Cascade(None, "tk", Session(answer, node))
    cascade._note(SHEET)
    return cascade.paint("p", names, inherited=inherited)


def test_the_last_declaration_wins():
    answer = matched(style(("color", "red", {})), style(("color", "var(--tk-color-text)", {}), line=11))
    expected = Paint("var(--tk-color-text)", "`assets/portal.css`, line 12", ("--tk-color-text",))
    assert expected == paint(answer)


def test_an_important_one_wins_over_a_later_one():
    answer = matched(style(("color", "red !important", {"important": True})), inline=style(("color", "blue", {})))
    assert "red" == paint(answer).written


def test_what_the_browser_does_not_use_does_not_win():
    answer = matched(
        style(("color", "red", {})), style(("color", "no", {"parsedOk": False}), ("color", "off", {"disabled": True}))
    )
    assert "red" == paint(answer).written


def test_the_elements_own_style():
    assert "the element's own `style`" == paint(matched(inline=style(("color", "blue", {})))).where


def test_a_colour_comes_from_the_nearest_ancestor():
    far, near = matched(style(("color", "red", {}))), matched(style(("color", "blue", {})))
    assert "blue" == paint(matched(style(("color", "inherit", {})), ancestors=(near, far))).written
    assert paint(matched(ancestors=(near,)), ("background-color",), inherited=False) is None


def test_properties_are_followed_to_the_tokens():
    root = matched(style(("--md-link", "color-mix(in srgb, var(--own, red), var(--tk-color-page))", {})))
    middle = matched(style(("--own", "var(--tk-color-link)", {})))
    answer = matched(style(("color", "var(--md-link)", {})), ancestors=(middle, root))
    assert ("--tk-color-link", "--tk-color-page") == paint(answer).properties


def test_properties_that_go_in_a_circle_end():
    assert (
        ()
        == paint(matched(style(("--a", "var(--b)", {}), ("--b", "var(--a)", {}), ("color", "var(--a)", {})))).properties
    )


def test_a_style_without_an_address():
    assert "a style of the page" == paint(matched(style(("color", "red", {}), sheet="2"))).where


def test_a_selector_that_finds_nothing():
    assert paint(matched(style(("color", "red", {}))), node=0) is None
