"""The API on brands: what it tells, and that an edit changes the bytes of the value and loses nothing."""

import json

import pytest

from themekit.build.brands import brand, tokens
from themekit.resolve.explained import explain_token
from themekit.studio.serving.answers import version_of


def test_the_project_is_told(studio):
    found = studio("GET", "/api/project").json
    assert f"http://127.0.0.1:4200/{studio.origins.secret}/" == found["pages"]
    assert [
        {"id": "acme", "name": "Acme", "path": "brands/acme/brand.json", "primary": "#0b5fff", "errors": 0},
        {
            "id": "lagoon",
            "name": "Lagoon & Söhne",
            "path": "brands/lagoon/brand.json",
            "primary": "#00897b",
            "errors": 0,
        },
    ] == found["brands"]
    assert ["get-started"] == found["sections"]
    assert "Inter" in found["fonts"]
    assert "themekit brand" == found["schema"]["title"]


@pytest.mark.parametrize(
    ("text", "name", "primary"),
    [
        ('{"name": "A Co", "color": {"primary": "#0a7a3a"}, "tokens": "t.json"}', "A Co", "#0a7a3a"),
        ('{"name": "A Co", "color": {"primary": "nix", "accent": "#0a7a3a"}}', "A Co", None),
        ('{"name": 1, "color": {"primary": "#0a7a3a", "accent": "nix"}}', None, "#0a7a3a"),
        ('{"name": "<b>A", "color": []}', None, None),
        ('{"name": "A Co"', None, None),
    ],
)
def test_a_brand_with_mistakes_has_the_name_and_colour_that_its_file_says(studio, acme, text, name, primary):
    acme.with_name("t.json").write_text('{"glow": {"$type": "color", "$value": "#12345"}}', encoding="utf-8")
    acme.write_text(text, encoding="utf-8")
    (found, _) = studio("GET", "/api/project").json["brands"]
    assert (name, primary) == (found["name"], found["primary"])
    assert found["errors"]


def test_name_and_colour_are_inherited_where_a_brand_has_mistakes(studio, acme, project):
    shared = project.root / "brands" / "_shared"
    shared.mkdir()
    (shared / "base.json").write_text('{"name": "Base", "color": {"primary": "#0a7a3a"}}', encoding="utf-8")
    acme.write_text('{"extends": "../_shared/base.json", "shape": 1}', encoding="utf-8")
    (found, _) = studio("GET", "/api/project").json["brands"]
    assert ("Base", "#0a7a3a", 1) == (found["name"], found["primary"], found["errors"])


def test_the_pages_have_the_name_the_studio_was_asked_by(studio):
    found = studio("GET", "/api/project", host="localhost:4100").json
    assert found["pages"].startswith("http://localhost:4200/")


def test_a_brand_is_told_with_places(studio, acme):
    found = studio("GET", "/api/brands/acme").json
    assert acme.read_text(encoding="utf-8") == found["text"]
    assert version_of(acme.read_bytes()) == found["version"]
    assert "#0b5fff" == found["value"]["color"]["primary"]
    assert {"path": "brands/acme/brand.json", "line": 4, "column": 25} == found["origins"]["/color/primary"]
    assert [] == found["diagnostics"]
    assert {} == found["inherited"]


def test_what_is_inherited_is_told(studio, project, acme):
    shared = project.root / "brands" / "_shared"
    shared.mkdir()
    length = '{"value": 4, "unit": "px"}'
    base = f'{{"name": "Base", "locale": "de", "shape": {{"radius": {length}}}, "portal": {{"sections": ["a"]}}}}'
    (shared / "base.json").write_text(base, encoding="utf-8")
    acme.write_text(
        '{"extends": "../_shared/base.json", "name": "Acme", "color": {"primary": "#0b5fff"}}', encoding="utf-8"
    )
    found = studio("GET", "/api/brands/acme").json
    assert {
        "/name": "Base",
        "/locale": "de",
        "/shape/radius": {"value": 4, "unit": "px"},
        "/portal/sections": ["a"],
    } == found["inherited"]
    assert "brands/_shared/base.json" == found["origins"]["/locale"]["path"]
    assert "brands/acme/brand.json" == found["origins"]["/name"]["path"]


@pytest.mark.parametrize("target", ["/api/brands/none", "/api/brands/UPPER", "/api/brands/_shared", "/api/nothing"])
def test_what_there_is_not(studio, target):
    assert 404 == studio("GET", target).status


def test_an_edit_changes_the_bytes_of_the_value(studio, acme, live):
    before = acme.read_bytes()
    acme.chmod(0o640)
    answer = studio(
        "PUT",
        "/api/brands/acme",
        {"edits": [{"pointer": "/color/primary", "value": "#b00020"}, {"pointer": "/shape/radius", "value": "4px"}]},
        version=version_of(before),
    )
    after = acme.read_bytes()
    assert 200 == answer.status
    assert before.replace(b"#0b5fff", b"#b00020").replace(b"\n}", b',\n  "shape": { "radius": "4px" }\n}') == after
    assert version_of(after) == answer.json["version"]
    assert after.decode() == answer.json["text"]
    assert [{"brands/acme/brand.json"}] == live.told
    assert 0o640 == acme.stat().st_mode & 0o777
    assert ["brand.json"] == [path.name for path in acme.parent.iterdir()]


def test_a_mark_and_line_ends_stay(studio, acme):
    content = b"\xef\xbb\xbf" + acme.read_bytes().replace(b"\n", b"\r\n")
    acme.write_bytes(content)
    text = studio("GET", "/api/brands/acme").json["text"].replace("\r\n", "\n")
    answer = studio("PUT", "/api/brands/acme", {"text": text.replace("0b5fff", "b00020")}, version=version_of(content))
    assert content.replace(b"0b5fff", b"b00020") == acme.read_bytes()
    edits = {"edits": [{"pointer": "/color/primary", "value": "#0b5fff"}]}
    studio("PUT", "/api/brands/acme", edits, version=answer.json["version"])
    assert content == acme.read_bytes()


def test_a_file_that_was_changed_meanwhile_is_not_written(studio, acme):
    old = version_of(acme.read_bytes())
    acme.write_bytes(acme.read_bytes().replace(b"Acme", b"Acne"))
    now = acme.read_bytes()
    answer = studio("PUT", "/api/brands/acme", {"edits": [{"pointer": "/name", "value": "X"}]}, version=old)
    assert 412 == answer.status
    assert version_of(now) == answer.json["version"]
    assert now.decode() == answer.json["text"]
    assert "Acne" == answer.json["value"]["name"]
    assert now == acme.read_bytes()


def test_text_that_is_no_json_is_not_written(studio, acme):
    before = acme.read_bytes()
    answer = studio("PUT", "/api/brands/acme", {"text": '{"name": "A",}'}, version=version_of(before))
    assert 422 == answer.status
    (found,) = answer.json["diagnostics"]
    assert ("json-syntax", 1, 13, "brands/acme/brand.json") == tuple(
        found[name] for name in ("code", "line", "column", "path")
    )
    assert before == acme.read_bytes()


def test_mistakes_are_saved_and_told_with_their_pointer(studio, acme):
    edits = {"edits": [{"pointer": "/color/accent", "value": "blau"}]}
    answer = studio("PUT", "/api/brands/acme", edits, version=version_of(acme.read_bytes()))
    (found,) = answer.json["diagnostics"]
    assert ("invalid-color", "/color/accent") == (found["code"], found["pointer"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[]", 400),
        (b"{", 400),
        (b'{"edits": {}}', 400),
        (b'{"edits": [{"pointer": "/name"}]}', 400),
        (b'{"edits": [{"pointer": 1, "value": 1}]}', 400),
        (b'{"edits": [{"pointer": "/name", "value": "\\ud800"}]}', 400),
        (b'{"edits": [{"pointer": "/name", "value": NaN}]}', 400),
        (b'{"text": "\xff"}', 400),
        (b"[" * 100_000, 400),
        (b'{"edits": [{"pointer": "/name/x", "value": 1}]}', 422),
        (b'{"edits": [{"pointer": "/name", "value": 12345678901234567890}]}', 422),
    ],
)
def test_bodies_that_mean_nothing(studio, acme, body, status):
    before = acme.read_bytes()
    assert status == studio("PUT", "/api/brands/acme", body, version=version_of(before)).status
    assert before == acme.read_bytes()


def test_a_write_needs_a_version(studio):
    assert 428 == studio("PUT", "/api/brands/acme", {"edits": []}).status


def test_a_draft_is_painted_and_not_written(studio, acme, live):
    before = acme.read_bytes()
    answer = studio("POST", "/api/brands/acme/draft", {"edits": [{"pointer": "/color/primary", "value": "#0b62ff"}]})
    sheet = answer.json["sheets"]["assets/brand/tokens.css"]
    assert any("--tk-color-primary-9" in declarations for _, declarations in sheet["rules"])
    assert "text" not in sheet
    assert 4 == len(answer.json["contrast"]["modes"])
    assert (before, []) == (acme.read_bytes(), live.told)


def test_a_draft_with_other_rules_is_a_whole_sheet(studio):
    """A grey has nothing that only a Display P3 screen shows, so all the rules for one are gone."""
    answer = studio("POST", "/api/brands/acme/draft", {"edits": [{"pointer": "/color/primary", "value": "#4a5766"}]})
    sheet = answer.json["sheets"]["assets/brand/tokens.css"]
    assert [] == sheet["rules"]
    assert sheet["text"].startswith(":root")


@pytest.mark.parametrize("value", ["#0b62ff", "#4a5766"])
@pytest.mark.parametrize("mode", ["light", "dark", "light-contrast", "dark-contrast"])
def test_a_glance_has_one_mode_alone_or_all(studio, value, mode):
    edit = {"edits": [{"pointer": "/color/primary", "value": value}]}
    alone, whole = (studio("POST", f"/api/brands/acme/glance?mode={each}", edit) for each in (mode, "all"))
    assert ["sheets"] == list(alone.json)
    rules = dict(alone.json["sheets"]["assets/brand/tokens.css"]["rules"])
    assert ("light" == mode) == (0 in rules)
    assert studio("POST", "/api/brands/acme/draft", edit).json["sheets"] == whole.json["sheets"]
    if all_of := dict(whole.json["sheets"]["assets/brand/tokens.css"]["rules"]):
        assert all(all_of[index].items() >= declarations.items() for index, declarations in rules.items())
        assert len(all_of) > len(rules)


def test_a_glance_at_a_mistake_shows_nothing(studio):
    edit = {"edits": [{"pointer": "/color/primary", "value": "nix"}]}
    assert {"sheets": {}} == studio("POST", "/api/brands/acme/glance?mode=light", edit).json


def test_a_draft_with_a_mistake_says_so(studio):
    answer = studio("POST", "/api/brands/acme/draft", {"edits": [{"pointer": "/color/primary", "value": "nix"}]})
    assert ["invalid-color"] == [each["code"] for each in answer.json["diagnostics"]]
    assert {} == answer.json["sheets"]


def test_contrast_is_told_by_mode(studio):
    modes = studio("GET", "/api/brands/acme/contrast").json["modes"]
    assert ["light", "dark", "light-contrast", "dark-contrast"] == [each["mode"] for each in modes]
    pair = modes[0]["pairs"][0]
    assert {"text", "ground", "ratio", "needs", "passes"} == set(pair)
    assert all(pair["passes"] == (pair["ratio"] >= pair["needs"]) for mode in modes for pair in mode["pairs"])


def test_unsaved_texts_are_checked(studio):
    text = '{"name": "A", "color": {"primary": "nix"}}'
    found = studio("POST", "/api/check", {"path": "brands/acme/brand.json", "text": text}).json["diagnostics"]
    assert ["invalid-color"] == [each["code"] for each in found]
    found = studio("POST", "/api/check", {"path": "brands/_shared/base.json", "text": "{"}).json["diagnostics"]
    assert ["json-syntax"] == [each["code"] for each in found]


def test_two_edits_are_merged(studio):
    texts = {"base": '{"a": 1, "b": 1}', "mine": '{"a": 2, "b": 2, "c": 3}', "theirs": '{"a": 1, "b": 3}'}
    found = studio("POST", "/api/merge", texts).json
    assert '{"a": 2, "b": 3, "c": 3}' == found["text"]
    assert [{"pointer": "/b", "base": 1, "mine": 2, "theirs": 3}] == found["conflicts"]
    assert 422 == studio("POST", "/api/merge", {**texts, "mine": "{"}).status


def test_the_page_is_served_with_its_policy(studio):
    answer = studio("GET", "/")
    assert b"<title>Studio</title>" in answer.body
    policy = answer.header("content-security-policy")
    assert "unsafe" not in policy
    assert "frame-src http://127.0.0.1:4200;" in policy
    assert 404 == studio("GET", "/other.js").status
    assert "server" not in dict(answer.headers)


def test_a_file_that_is_a_link_is_not_written(studio, acme, project):
    other = project.root / "elsewhere.json"
    other.write_bytes(acme.read_bytes())
    acme.unlink()
    acme.symlink_to("../../elsewhere.json")
    before = other.read_bytes()
    edits = {"edits": [{"pointer": "/name", "value": "X"}]}
    answer = studio("PUT", "/api/brands/acme", edits, version=version_of(before))
    assert (409, "not-writable") == (answer.status, answer.json["error"])
    assert before == other.read_bytes()


def test_a_folder_that_is_a_link_inside_the_project_is_written(studio, acme, project):
    acme.parent.rename(project.root / "real")
    (project.root / "brands" / "acme").symlink_to("../real")
    before = acme.read_bytes()
    edits = {"edits": [{"pointer": "/name", "value": "X"}]}
    assert 200 == studio("PUT", "/api/brands/acme", edits, version=version_of(before)).status
    assert b'"X"' in (project.root / "real" / "brand.json").read_bytes()


def test_a_folder_that_is_a_link_out_of_the_project_is_neither_read_nor_written(studio, acme, tmp_path):
    outside = tmp_path / "outside"
    acme.parent.rename(outside)
    acme.parent.symlink_to(outside)
    before = (outside / "brand.json").read_bytes()
    assert (409, "unreadable") == ((answer := studio("GET", "/api/brands/acme")).status, answer.json["error"])
    edits = {"edits": [{"pointer": "/name", "value": "X"}]}
    answer = studio("PUT", "/api/brands/acme", edits, version=version_of(before))
    assert 409 == answer.status
    assert b"Acme" not in answer.body
    assert before == (outside / "brand.json").read_bytes()
    assert "Acme" not in json.dumps(studio("GET", "/api/project").json["brands"])


def test_tokens_are_told_with_what_they_come_from(studio, acme):
    text = """{
  "name": "A", "color": { "primary": "#0b5fff" },
  "tokens": { "color": { "$type": "color", "link": { "$value": "{color.glow}" }, "glow": { "$value": "#0a3fa8" } } }
}"""
    acme.write_text(text, encoding="utf-8")
    found = {token["name"]: token for token in studio("GET", "/api/brands/acme/tokens").json["tokens"]}
    link, solid, page = found["color.link"], found["color.solid"], found["color.page"]
    assert ("--tk-color-link", "color") == (link["property"], link["type"])
    assert {"path": "brands/acme/brand.json", "line": 3, "column": 44, "pointer": "/tokens/color/link"} == link[
        "source"
    ]
    assert "color.glow" == link["references"]["light"]
    assert [] == link["from"]
    assert {"path": "brands/acme/brand.json", "line": 2, "column": 38, "pointer": "/color/primary"} == solid["source"]
    assert ["/color/primary"] == found["color.primary.9"]["from"]
    assert "/color/primary" == page["source"]["pointer"]
    assert {"light", "dark", "light-contrast", "dark-contrast"} == set(page["values"])
    assert None is found["duration.fast"]["source"]


def test_tokens_in_a_file_are_own_and_have_their_place_there(studio, acme):
    acme.write_text('{"name": "A", "color": {"primary": "#0b5fff"}, "tokens": "t.json"}', encoding="utf-8")
    acme.with_name("t.json").write_text('{"glow": {"$type": "color",\n"$value": "#123456"}}', encoding="utf-8")
    found = {token["name"]: token for token in studio("GET", "/api/brands/acme/tokens").json["tokens"]}
    expected = {"path": "brands/acme/t.json", "line": 1, "column": 2, "pointer": "/glow"}
    assert (True, expected) == (found["glow"]["own"], found["glow"]["source"])
    assert not found["color.link"]["own"]


def test_reasons_are_those_of_explain(studio, acme, project):
    """Word for word; what a file says has its place, and no reason beside it."""
    acme.write_text(
        """{ "name": "Acme", "color": { "primary": "#0b5fff" },
  "tokens": { "color": { "$type": "color", "glow": { "$value": "#0a3fa8" } } } }""",
        encoding="utf-8",
    )
    found = studio("GET", "/api/brands/acme/reasons?token=color.link&token=color.glow&token=color.nothing").json
    assert {"color.link", "color.glow"} == set(found["reasons"])
    known, resolved = project.engine.get(brand, "acme"), project.engine.get(tokens, "acme")
    for reason in explain_token(known, "color.link", resolved=resolved):
        told = found["reasons"]["color.link"][reason.mode]
        assert (reason.sentence(), False, None) == (told["text"], told["isWritten"], told["place"])
    assert "lightness" in found["reasons"]["color.link"]["light"]["text"]
    assert {
        "value": "#0a3fa8",
        "text": "written",
        "isWritten": True,
        "place": {"path": "brands/acme/brand.json", "line": 2, "column": 64},
    } == found["reasons"]["color.glow"]["light"]


def test_reasons_have_bounds(studio, acme):
    many = "&".join("token=a" for _ in range(41))
    assert "too-many" == studio("GET", f"/api/brands/acme/reasons?{many}").json["error"]
    assert 404 == studio("GET", "/api/brands/none/reasons?token=color.link").status
    acme.write_text('{"name": "Acme", "color": {"primary": "blue-ish"}}', encoding="utf-8")
    assert {"reasons": {}} == studio("GET", "/api/brands/acme/reasons?token=color.link").json


def test_tokens_of_a_brand_with_a_mistake_are_none(studio, acme):
    acme.write_text('{"name": "A"}', encoding="utf-8")
    assert [] == studio("GET", "/api/brands/acme/tokens").json["tokens"]


@pytest.mark.parametrize(
    ("written", "pointer"),
    [
        ('"$value": "#ffee00"', "/tokens/color/link/$value"),
        (
            '"$value": "#0a3fa8", "$extensions": { "themekit": { "modes": { "dark": "#101010" } } }',
            "/tokens/color/link/$extensions/themekit/modes/dark",
        ),
        ('"$value": "#0a3fa8"', "/tokens/color/link/$extensions/themekit/modes/dark"),
    ],
)
def test_a_fix_is_offered_where_it_would_be_accepted(studio, acme, written, pointer):
    """Never applied unasked; where it is, the mistake in that mode is gone."""
    own = f'{{"color": {{"$type": "color", "link": {{{written}}}}}}}'
    acme.write_text(f'{{"name": "A", "color": {{"primary": "#0b5fff"}}, "tokens": {own}}}', encoding="utf-8")
    found = [each for each in studio("GET", "/api/brands/acme").json["diagnostics"] if each["code"] == "low-contrast"]
    offered = next(each for each in found if each["fixPointer"] == pointer)
    edit = {"pointer": pointer, "value": offered["fix"]}
    after = studio("PUT", "/api/brands/acme", {"edits": [edit]}, version=version_of(acme.read_bytes())).json
    assert offered["message"] not in [each["message"] for each in after["diagnostics"]]


def test_a_brand_whose_file_is_away_for_a_moment_is_listed(studio, live, acme, monkeypatch):
    """Nobody is told that it is gone yet, so nobody would be told that it is there again."""

    async def as_told():
        return ("acme", "lagoon")

    monkeypatch.setattr(live, "brands", as_told)
    acme.rename(acme.with_name("away.json"))
    (found, other) = studio("GET", "/api/project").json["brands"]
    assert ("acme", None, None) == (found["id"], found["name"], found["primary"])
    assert "Lagoon & Söhne" == other["name"]
