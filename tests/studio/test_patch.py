"""A patch turns the old sheet into the new one, whatever the two brands."""

import json

from themekit.build.brands import tokens
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.studio.updating.patch import amended, patch_of
from themekit.targets.css import TARGET, Rule, minified, rules_of


def applied(rules, patch):
    """As a browser does it: declarations set and removed in place."""
    declarations = [dict(rule.declarations) for rule in rules]
    for index, changes in patch.changes:
        for name, text in changes.items():
            if text is None:
                declarations[index].pop(name)
            else:
                declarations[index][name] = text
    return [(rule.conditions, rule.selectors, own) for rule, own in zip(rules, declarations, strict=True)]


def plain(rules):
    return [(rule.conditions, rule.selectors, rule.declarations) for rule in rules]


def test_only_what_differs_is_in_the_patch():
    old = [Rule((), (":root",), {"--a": "1", "--b": "2", "--c": "3"}), Rule(("@media print",), ("p",), {"--a": "1"})]
    new = [Rule((), (":root",), {"--a": "1", "--b": "4", "--d": "5"}), Rule(("@media print",), ("p",), {"--a": "1"})]
    patch = patch_of(old, new)
    assert ((0, {"--b": "4", "--d": "5", "--c": None}),) == patch.changes
    assert {"rules": [[0, {"--b": "4", "--d": "5", "--c": None}]], "count": 2} == patch.as_json()
    assert plain(new) == applied(old, patch)


def test_the_same_rules_need_nothing():
    rules = [Rule((), (":root",), {"--a": "1"})]
    assert patch_of(rules, list(rules)).is_empty


def test_other_rules_come_as_a_whole():
    old = [Rule((), (":root",), {"--a": "1"})]
    for new in (
        [*old, Rule((), ("p",), {"--a": "2"})],
        [Rule((), ("p",), {"--a": "1"})],
        [Rule(("@media print",), (":root",), {"--a": "1"})],
    ):
        patch = patch_of(old, new)
        assert not patch.is_empty
        assert {"rules": [], "count": len(new), "text": minified(new)} == patch.as_json()


def rules_for(color):
    host = MemoryHost({"brands/acme/brand.json": json.dumps({"name": "Acme", "color": {"primary": color}})})
    resolved = Engine(host, MemoryStore(), code="1").get(tokens, BrandId("acme"))
    return tuple(rules_of(resolved, TARGET.options))


def test_real_sheets():
    sheets = [rules_for(color) for color in ("#0b5fff", "#b3261e", "#808080", "#1a6b3c")]
    patches = [(old, new, patch_of(old, new)) for old in sheets for new in sheets]
    assert any(patch.changes for _, _, patch in patches)
    for old, new, patch in patches:
        assert patch.changes is None or plain(new) == applied(old, patch)


def test_newer_declarations_change_what_is_there_and_nothing_else():
    rules = (Rule((), (":root",), {"--a": "1", "--b": "2"}), Rule(("@media print",), (":root",), {"--a": "1"}))
    newer = [Rule((), (":root",), {"--b": "3", "--c": "4"}), Rule((), ("p",), {"--a": "5"})]
    found, patch = amended(rules, newer)
    assert [{"--a": "1", "--b": "3"}, {"--a": "1"}] == [rule.declarations for rule in found]
    assert patch_of(rules, found) == patch
    assert ((0, {"--b": "3"}),) == patch.changes


def test_light_mode_first_and_the_rest_after_it_is_the_new_sheet():
    old, new = (list(rules_for(color)) for color in ("#0b5fff", "#0b62ff"))
    light, patch = amended(old, new[:1])
    assert patch_of(old, light) == patch
    assert plain(new) == applied(light, patch_of(light, new))
