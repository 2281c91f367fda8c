"""Edits of a JSON text change the bytes of the value and no others, and look as if a person had made them."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source.brand_fields import BRAND
from themekit.source.field_table import names_at
from themekit.source.json_edit import Edit, EditFault, edited, rewritten
from themekit.source.json_merge import ABSENT, Conflict, three_way
from themekit.source.json_scan import scan_json
from themekit.source.json_style import is_same
from themekit.source.json_text import read_json
from themekit.source.json_value import MAX_DEPTH, child_pointer

MIXED = """{
  "name": "Volt \\u0026 Söhne",
  "color": { "primary": "#6a2cff", "accent": "#0a84ff" },

  "shape":{"radius" : "8px"},
  "scale": 1.50,
  "list": [
    { "title": "One", "url": "a/" },
    { "title": "Two", "url": "b/" }
  ],
  "empty": {}, "none": [ ]
}
"""


def order(pointer):
    return names_at(BRAND, pointer)


EDITS = {
    "a value": ([Edit("/color/primary", "#0b5fff")], ('"#6a2cff"', '"#0b5fff"')),
    "a number, the others' spelling kept": ([Edit("/shape/radius", 4)], ('"8px"', "4")),
    "an equal value": ([Edit("/scale", 1.5)], ("", "")),
    "a new member beside its siblings": (
        [Edit("/color/neutral", "#888")],
        ('"#0a84ff" }', '"#0a84ff", "neutral": "#888" }'),
    ),
    "a new member on a line of its own": ([Edit("/zone", True)], ('"none": [ ]\n', '"none": [ ],\n  "zone": true\n')),
    "missing parents": ([Edit("/empty/a/b", 1)], ('"empty": {}', '"empty": {\n    "a": { "b": 1 }\n  }')),
    "an item at the end": (
        [Edit("/list/-", {"title": "Three", "url": "c/"})],
        ('"b/" }\n', '"b/" },\n    { "title": "Three", "url": "c/" }\n'),
    ),
    "an item before the first": (
        [Edit("/list/0", {"title": "Nil"}, "insert")],
        ('[\n    { "title": "One"', '[\n    { "title": "Nil" },\n    { "title": "One"'),
    ),
    "an item gone": ([Edit("/list/0", kind="remove")], ('{ "title": "One", "url": "a/" },\n    ', "")),
    "a member gone": ([Edit("/color/primary", kind="remove")], ('"primary": "#6a2cff", ', "")),
    "the last member gone": ([Edit("/color/accent", kind="remove")], (', "accent": "#0a84ff"', "")),
    "what is not there gone": ([Edit("/color/muted", kind="remove")], ("", "")),
    "what is in an item that is not there gone": ([Edit("/list/9/title", kind="remove")], ("", "")),
    "inside an item": ([Edit("/list/1/url", "d/")], ('"b/"', '"d/"')),
    "an object for an object": (
        [Edit("/color", {"primary": "#6a2cff", "accent": "#fff"})],
        ('"#0a84ff"', '"#fff"'),
    ),
}


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("name", EDITS)
def test_the_diff_is_the_edit(name, line_break):
    edits, (before, after) = EDITS[name]
    text = MIXED.replace("\n", line_break)
    expected = text.replace(before.replace("\n", line_break), after.replace("\n", line_break), 1)
    assert expected == edited(text, edits)


def test_new_members_stand_where_the_schema_has_them():
    text = '{\n  "$schema": "x",\n  "color": { "primary": "#000" },\n  "shape": { "radius": "0" }\n}\n'
    edits = [Edit("/name", "Acme"), Edit("/logos/light", "logo.svg"), Edit("/color/accent", "#fff"), Edit("/x", 1)]
    assert (
        '{\n  "$schema": "x",\n  "name": "Acme",\n  "color": { "primary": "#000", "accent": "#fff" },\n'
        '  "shape": { "radius": "0" },\n  "logos": { "light": "logo.svg" },\n  "x": 1\n}\n'
    ) == edited(text, edits, order=order)


def test_the_order_of_lists_of_objects_is_the_tables():
    assert ("title", "url") == names_at(BRAND, "/portal/navigation/0")
    assert () == names_at(BRAND, "/tokens/color")
    assert () == names_at(BRAND, "/nowhere/at/all")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a":1}', '{"a":1,"b":{"c":[1,2]}}'),
        ('{ "a": 1 }', '{ "a": 1, "b": { "c": [1, 2] } }'),
        ('{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"b": {\n\t\t"c": [\n\t\t\t1,\n\t\t\t2\n\t\t]\n\t}\n}'),
        ('{\n    "a": [3, 4]\n}', '{\n    "a": [3, 4],\n    "b": {\n        "c": [1, 2]\n    }\n}'),
        ("{}", '{\n  "b": {\n    "c": [\n      1,\n      2\n    ]\n  }\n}'),
    ],
)
def test_new_values_are_written_as_the_file_is(text, expected):
    """Indentation, spaces and lines are those of the file, down to one without any."""
    assert expected == edited(text, [Edit("/b", {"c": [1, 2]})])


def test_what_is_too_long_for_a_line_gets_several():
    text = '{\n  "a": { "b": 1 }\n}'
    after = edited(text, [Edit("/c", {"d": "x" * 90, "e": 1})])
    assert f'{{\n  "a": {{ "b": 1 }},\n  "c": {{\n    "d": "{"x" * 90}",\n    "e": 1\n  }}\n}}' == after


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (Edit("/name/first", 1), "`/name` has no members"),
        (Edit("/list/7", 1), "`/list` has 2 items"),
        (Edit("/list/01", 1), "`/list` has 2 items"),
        (Edit("", kind="remove"), "the whole file cannot be removed"),
        (Edit("/color/x", 1, "insert"), "only lists have items"),
        (Edit("name", 1), "a pointer begins with `/`"),
    ],
)
def test_what_cannot_be_edited(edit, reason):
    assert EditFault(edit.pointer, reason) == edited(MIXED, [edit])


def test_wrong_json_is_not_edited():
    assert EditFault("", "the file is not right JSON") == edited('{"a": 1,}', [Edit("/a", 2)])


# Laws.

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
)
keys = st.text(st.sampled_from('ab~/ "é\\'), max_size=3)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
objects = st.dictionaries(keys, values, min_size=1, max_size=5)
styles = st.sampled_from(
    [{"indent": 2}, {"indent": "\t"}, {"indent": 4}, {}, {"separators": (",", ":")}, {"separators": (" , ", " : ")}]
)
breaks = st.sampled_from(["\n", "\r\n"])


def written(value, style, line_break="\n"):
    return json.dumps(value, ensure_ascii=False, **style).replace("\n", line_break)


def pointers(value, at=""):
    yield at
    for key, member in (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    ):
        yield from pointers(member, child_pointer(at, key))


def holder_of(value, pointer):
    *path, last = [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]
    for part in path:
        value = value[int(part)] if isinstance(value, list) else value[part]
    return value, int(last) if isinstance(value, list) else last


@given(objects, styles, breaks, st.data())
def test_law_a_set_is_what_it_says(value, style, line_break, data):
    """The new text reads as the value with the change, and every byte outside the value's extent is as before."""
    text = written(value, style, line_break)
    pointer = data.draw(st.sampled_from(list(pointers(value))[1:]))
    new = data.draw(values)
    after = edited(text, [Edit(pointer, new)])
    expected = json.loads(json.dumps(value))
    holder, key = holder_of(expected, pointer)
    holder[key] = new
    assert is_same(expected, json.loads(after))
    start, end = scan_json(text).extents[pointer].value
    assert text[:start] == after[:start]
    assert text[end:] == after[len(after) - (len(text) - end) :]


@given(objects, styles, breaks, st.data())
def test_law_a_set_undone_leaves_no_trace(value, style, line_break, data):
    text = written(value, style, line_break)
    pointer = data.draw(st.sampled_from(list(pointers(value))[1:]))
    holder, key = holder_of(value, pointer)
    if isinstance(holder[key], dict | list):
        return
    there = edited(text, [Edit(pointer, data.draw(scalars))])
    assert text == edited(there, [Edit(pointer, holder[key])])


@given(objects, styles, breaks, keys, values, st.data())
def test_law_what_is_inserted_and_removed_leaves_no_trace(value, style, line_break, name, new, data):
    text = written(value, style, line_break)
    if name not in value:
        pointer = child_pointer("", name)
        rank = data.draw(st.permutations([*value, name]))
        there = edited(text, [Edit(pointer, new)], order=lambda _: tuple(rank))
        assert is_same(new, json.loads(there)[name])
        assert text == edited(there, [Edit(pointer, kind="remove")])
    lists = [at for at in pointers(value) if at and isinstance((found := holder_of(value, at))[0][found[1]], list)]
    for at in lists:
        holder, key = holder_of(value, at)
        index = data.draw(st.integers(0, len(holder[key])))
        there = edited(text, [Edit(child_pointer(at, index), new, "insert")])
        if holder[key] and not any(is_same(new, item) for item in holder[key]):
            assert text == edited(there, [Edit(child_pointer(at, index), kind="remove")])


@given(objects, styles, breaks, st.lists(st.sampled_from("abc"), max_size=3), values)
def test_law_whatever_is_written_reads_as_it_should(value, style, line_break, path, new):
    """Any new value over any old one, and values below parents that are missing."""
    text = written(value, style, line_break)
    assert is_same(new, json.loads(rewritten(text, new)))
    after = edited(text, [Edit("".join(f"/{part}" for part in path), new)])
    if not isinstance(after, EditFault):
        read, diagnostics = read_json(PurePosixPath("x"), after.encode())
        assert () == diagnostics or any(one.code == "json-number" for one in diagnostics)
        found = read.value
        for part in path:
            found = found[part]
        assert is_same(new, found)


@given(objects, objects, styles)
def test_law_a_merge_with_no_change_is_the_other(base, other, style):
    text, changed = written(base, style), written(other, style)
    assert changed == three_way(text, text, theirs=changed).text
    mine = three_way(text, changed, theirs=text)
    assert () == mine.conflicts
    assert json.loads(changed) == mine.value == json.loads(mine.text)
    assert () == three_way(text, changed, theirs=changed).conflicts


def test_a_merge_takes_what_only_one_changed_and_names_what_both_did():
    mine = MIXED.replace("#6a2cff", "#111").replace('"8px"', '"2px"').replace("One", "Eins")
    theirs = MIXED.replace("#0a84ff", "#222").replace('"8px"', '"4px"').replace('  "scale": 1.50,\n', "")
    merge = three_way(MIXED, mine, theirs=theirs)
    assert (Conflict("/shape/radius", "8px", "2px", "4px"),) == merge.conflicts
    assert theirs.replace("#6a2cff", "#111").replace("One", "Eins") == merge.text


def test_a_merge_knows_what_was_removed():
    base, mine, theirs = '{"a": 1, "b": 2, "c": 3}', '{"b": 2, "c": 3}', '{"a": 9, "b": 2, "d": 4}'
    merge = three_way(base, mine, theirs=theirs)
    assert (Conflict("/a", 1, ABSENT, 9),) == merge.conflicts
    assert theirs == merge.text
    assert three_way(base, "{", theirs=theirs) is None


def test_a_merge_of_lists_of_other_lengths_is_one_conflict():
    merge = three_way('{"a": [1, 2]}', '{"a": [1, 2, 3]}', theirs='{"a": [0, 2]}')
    assert ["/a"] == [one.pointer for one in merge.conflicts]
    same = three_way('{"a": [1, 2]}', '{"a": [1, 3]}', theirs='{"a": [0, 2]}')
    assert ('{"a": [0, 3]}', ()) == (same.text, same.conflicts)


def nested(levels):
    value = 1
    for _ in range(levels):
        value = {"a": value}
    return value


@pytest.mark.parametrize(
    "edit",
    [
        Edit("/a" * (MAX_DEPTH + 1), 1),
        Edit("/a" * 5000, 1),
        Edit("/a/0" * 3_000_000, kind="remove"),
        Edit("/a", nested(MAX_DEPTH + 1)),
        Edit("/a", nested(900)),
    ],
    ids=["pointer", "long-pointer", "endless-pointer", "value", "deep-value"],
)
def test_what_is_nested_too_deeply_is_a_fault(edit):
    """Before any of it is copied: a pointer of a million parts would take memory by its square."""
    fault = edited(MIXED, [edit])
    assert isinstance(fault, EditFault)
    assert f"objects and arrays are nested more than {MAX_DEPTH} deep" == fault.reason
    assert len(fault.pointer) <= 200


def test_what_is_nested_as_deeply_as_files_may_be_is_written():
    text = edited("{}", [Edit("/a", nested(MAX_DEPTH - 1))])
    assert nested(MAX_DEPTH) == json.loads(text)
    assert text == edited("{}", [Edit("/a" * MAX_DEPTH, 1)])
