"""The API on files that a brand's tokens stand in: which they are, who else is made of them, and writes that fit."""

import json

import pytest

from themekit.build.lock import locked
from themekit.source.json_text import MAX_BYTES
from themekit.studio.serving.answers import version_of

GLOW = (
    '{\n  "glow":   { "$type": "color", "$value": "#123456" },\n  "edge": {"$type": "dimension", "$value": "4px"}\n}\n'
)
NEW = [{"pointer": "/glow/$value", "value": "#abcdef"}]
OWN = "brands/acme/t.json"
SHARED = "brands/_shared/base.tokens.json"


@pytest.fixture
def folder(project):
    """Both brands have their tokens in files; one file is of both."""
    brands = project.root / "brands"
    (brands / "_shared").mkdir()
    (project.root / SHARED).write_text('{"haze": {"$type": "color", "$value": "#0a3fa8"}}', encoding="utf-8")
    (project.root / OWN).write_text(GLOW, encoding="utf-8")
    for brand_id, files in (
        ("acme", ["../_shared/base.tokens.json", "t.json"]),
        ("lagoon", "../_shared/base.tokens.json"),
    ):
        text = json.dumps({"name": brand_id.title(), "color": {"primary": "#0b5fff"}, "tokens": files})
        (brands / brand_id / "brand.json").write_text(text, encoding="utf-8")
    return brands


def put(studio, path, body, *, version, brand="acme"):
    return studio("PUT", f"/api/brands/{brand}/sources?path={path}", body, version=version)


@pytest.mark.usefixtures("folder")
def test_the_files_are_told_with_all_who_are_made_of_them(studio):
    shared, own = studio("GET", "/api/brands/acme").json["sources"]
    assert (SHARED, ["acme", "lagoon"]) == (shared["path"], shared["readers"])
    assert (OWN, ["acme"], "") == (own["path"], own["readers"], own["refusal"])
    assert (GLOW, version_of(GLOW.encode())) == (own["text"], own["version"])
    assert "#123456" == own["value"]["glow"]["$value"]
    (lagoons,) = studio("GET", "/api/brands/lagoon").json["sources"]
    assert shared == lagoons


def test_a_brand_of_one_file_has_no_others(studio):
    assert [] == studio("GET", "/api/brands/acme").json["sources"]


def test_an_edit_changes_the_bytes_of_the_value_in_its_file(studio, folder, live):
    before = (folder / "acme" / "brand.json").read_bytes()
    (folder / "acme" / "t.json").chmod(0o640)
    answer = put(studio, OWN, {"edits": NEW}, version=version_of(GLOW.encode()))
    after = (folder / "acme" / "t.json").read_bytes()
    assert (200, GLOW.replace("#123456", "#abcdef").encode()) == (answer.status, after)
    assert (version_of(after), after.decode()) == (answer.json["version"], answer.json["text"])
    assert ("#abcdef", []) == (answer.json["value"]["glow"]["$value"], answer.json["diagnostics"])
    assert [{OWN}] == live.told
    assert 0o640 == (folder / "acme" / "t.json").stat().st_mode & 0o777
    assert before == (folder / "acme" / "brand.json").read_bytes()
    assert ["brand.json", "t.json"] == sorted(path.name for path in (folder / "acme").iterdir())


def test_the_version_is_that_of_the_file_itself(studio, folder):
    for other in (folder / "acme" / "brand.json", folder / "_shared" / "base.tokens.json"):
        answer = put(studio, OWN, {"edits": NEW}, version=version_of(other.read_bytes()))
        assert (412, version_of(GLOW.encode()), GLOW) == (answer.status, answer.json["version"], answer.json["text"])
    assert 428 == put(studio, OWN, {"edits": NEW}, version=None).status
    assert GLOW == (folder / "acme" / "t.json").read_text(encoding="utf-8")


def test_a_file_that_is_gone_is_not_made_again(studio, folder):
    (folder / "acme" / "t.json").unlink()
    assert 404 == put(studio, OWN, {"edits": NEW}, version=version_of(GLOW.encode())).status
    assert not (folder / "acme" / "t.json").exists()


def test_a_text_is_written_as_it_is_and_no_other_than_json(studio, folder):
    text = GLOW.replace("4px", "5px")
    assert 200 == put(studio, OWN, {"text": text}, version=version_of(GLOW.encode())).status
    assert text == (folder / "acme" / "t.json").read_text(encoding="utf-8")
    answer = put(studio, OWN, {"text": "{,}"}, version=version_of(text.encode()))
    (found,) = answer.json["diagnostics"]
    assert (422, OWN, "json-syntax") == (answer.status, found["path"], found["code"])


@pytest.mark.usefixtures("folder")
def test_mistakes_are_told_with_their_pointer_in_the_file(studio):
    edits = {"edits": [{"pointer": "/glow/$value", "value": "blau"}]}
    answer = put(studio, OWN, edits, version=version_of(GLOW.encode()))
    (found,) = answer.json["diagnostics"]
    assert (OWN, 2, "/glow/$value") == (found["path"], found["line"], found["pointer"])
    (found,) = studio("GET", "/api/brands/acme").json["diagnostics"]
    assert (OWN, "/glow/$value") == (found["path"], found["pointer"])


def test_a_draft_of_a_file_is_painted_and_not_written(studio, folder, live):
    body = {"sources": {OWN: {"edits": NEW}}}
    for target in ("draft", "glance?mode=all", "glance?mode=light"):
        sheets = studio("POST", f"/api/brands/acme/{target}", body).json["sheets"]
        rules = [declarations for _, declarations in sheets["assets/brand/tokens.css"]["rules"]]
        assert "#abcdef" in [one.get("--tk-glow") for one in rules], target
    body = {"edits": [{"pointer": "/color/primary", "value": "#0b62ff"}], **body}
    (sheet,) = studio("POST", "/api/brands/acme/glance?mode=all", body).json["sheets"].values()
    assert {"--tk-glow", "--tk-color-primary-9"} <= set(sheet["rules"][0][1])
    assert (GLOW, []) == ((folder / "acme" / "t.json").read_text(encoding="utf-8"), live.told)


@pytest.mark.usefixtures("folder")
def test_a_draft_of_a_shared_file_is_one_of_each_brand(studio):
    body = {"sources": {SHARED: {"edits": [{"pointer": "/haze/$value", "value": "#abcdef"}]}}}
    for brand_id in ("acme", "lagoon"):
        (sheet,) = studio("POST", f"/api/brands/{brand_id}/draft", body).json["sheets"].values()
        assert {"--tk-haze": "#abcdef"}.items() <= sheet["rules"][0][1].items()


@pytest.mark.usefixtures("folder")
def test_a_draft_with_a_mistake_says_where(studio):
    body = {"sources": {OWN: {"edits": [{"pointer": "/glow/$value", "value": "blau"}]}}}
    answer = studio("POST", "/api/brands/acme/draft", body).json
    assert [("invalid-color", OWN, "/glow/$value")] == [
        (each["code"], each["path"], each["pointer"]) for each in answer["diagnostics"]
    ]


@pytest.mark.usefixtures("folder")
def test_a_low_contrast_in_a_file_has_its_fix_there(studio, project):
    value = '{"color": {"text": {"$type": "color", "$value": "#999999"}}}'
    (project.root / OWN).write_text(value, encoding="utf-8")
    found = studio("GET", "/api/brands/acme").json["diagnostics"]
    one = next(each for each in found if "fix" in each)
    assert (OWN, OWN) == (one["path"], one["fixPath"])
    assert one["fixPointer"].startswith("/color/text")
    edits = {"edits": [{"pointer": one["fixPointer"], "value": one["fix"]}]}
    left = put(studio, OWN, edits, version=version_of(value.encode())).json["diagnostics"]
    assert [] == [each for each in left if each.get("fixPointer") == one["fixPointer"] and each["line"] == one["line"]]


@pytest.mark.usefixtures("folder")
def test_unsaved_texts_are_checked_as_the_brands(studio):
    body = {"path": OWN, "text": GLOW.replace("#123456", "blau")}
    found = studio("POST", "/api/check", {**body, "brand": "acme"}).json["diagnostics"]
    assert [("invalid-color", "/glow/$value")] == [(each["code"], each["pointer"]) for each in found]
    for brand_id in ("lagoon", "none", ""):  # not made of it: then it is any JSON
        assert [] == studio("POST", "/api/check", {**body, "brand": brand_id}).json["diagnostics"]


@pytest.mark.usefixtures("folder")
def test_tokens_tell_where_each_mode_is_written(studio, project):
    dark = {"$extensions": {"themekit": {"modes": {"dark": "#eeeeee"}}}}
    (project.root / OWN).write_text(json.dumps({"glow": {"$type": "color", "$value": "#111111", **dark}}))
    found = studio("GET", "/api/brands/acme/tokens").json
    glow = next(token for token in found["tokens"] if token["name"] == "glow")
    assert {"light": "/glow/$value", "dark": "/glow/$extensions/themekit/modes/dark"} == {
        mode: place["pointer"] for mode, place in glow["written"].items()
    }
    assert {OWN} == {place["path"] for place in glow["written"].values()}
    assert {} == next(token for token in found["tokens"] if token["name"] == "color.page")["written"]


def test_tokens_of_a_resolver_have_the_file_of_each_mode(studio, folder):
    sets = {"base": {"sources": [{"$ref": "t.json"}]}}
    theme = {"contexts": {"light": [], "dark": [{"$ref": "dark.json"}]}, "default": "light"}
    order = [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}]
    document = {"version": "2025.10", "sets": sets, "modifiers": {"theme": theme}, "resolutionOrder": order}
    (folder / "acme" / "r.json").write_text(json.dumps(document))
    (folder / "acme" / "dark.json").write_text(GLOW.replace("#123456", "#eeeeee"))
    brand = {"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": {"resolver": "r.json"}}
    (folder / "acme" / "brand.json").write_text(json.dumps(brand))
    found = studio("GET", "/api/brands/acme/tokens").json
    glow = next(token for token in found["tokens"] if token["name"] == "glow")
    assert {"light": (OWN, "/glow/$value"), "dark": ("brands/acme/dark.json", "/glow/$value")} == {
        mode: (place["path"], place["pointer"]) for mode, place in glow["written"].items()
    }
    assert {"brands/acme/r.json", OWN, "brands/acme/dark.json", "brands/acme/brand.json"} == set(found["versions"])


def test_tokens_tell_the_versions_that_they_are_made_from(studio, folder):
    found = studio("GET", "/api/brands/acme/tokens").json["versions"]
    told = studio("GET", "/api/brands/acme").json
    assert {told["path"]: told["version"], **{each["path"]: each["version"] for each in told["sources"]}} == found
    (folder / "acme" / "t.json").write_text("{", encoding="utf-8")
    found = studio("GET", "/api/brands/acme/tokens").json
    assert ([], version_of(b"{")) == (found["tokens"], found["versions"][OWN])


@pytest.mark.parametrize(
    "path",
    [
        "brands/acme/brand.json",
        "brands/lagoon/brand.json",
        "brands/acme/other.json",
        "brands/acme/../acme/t.json",
        "brands/acme/./t.json",
        "./brands/acme/t.json",
        "/brands/acme/t.json",
        "brands//acme/t.json",
        "brands/acme/t.json/",
        "brands%2Facme%2F..%2F..%2Fmkdocs.yml",
        "mkdocs.yml",
        "../secret.json",
        "%2Fetc%2Fpasswd",
        "",
        "brands/acme/t.json%00",
        "BRANDS/acme/t.json",
    ],
)
def test_no_other_file_is_written_or_drafted(studio, folder, live, path):
    (folder / "acme" / "other.json").write_text(GLOW, encoding="utf-8")
    answer = put(studio, path, {"edits": NEW}, version=version_of(GLOW.encode()))
    assert (404, "unknown-file") == (answer.status, answer.json["error"])
    body = {"sources": {path: {"edits": NEW}}}
    assert {404} == {studio("POST", f"/api/brands/acme/{each}", body).status for each in ("draft", "glance?mode=all")}
    assert (GLOW, []) == ((folder / "acme" / "other.json").read_text(encoding="utf-8"), live.told)


def test_the_file_of_another_brand_is_not_written_by_way_of_this_one(studio, folder):
    assert 404 == put(studio, OWN, {"edits": NEW}, version=version_of(GLOW.encode()), brand="lagoon").status
    assert GLOW == (folder / "acme" / "t.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "query", ["", "?path=", f"?path={OWN}&path={SHARED}", f"?path={OWN}&path={OWN}", f"?Path={OWN}"]
)
def test_a_write_names_one_file(studio, folder, query):
    version = version_of(GLOW.encode())
    answer = studio("PUT", f"/api/brands/acme/sources{query}", {"edits": NEW}, version=version)
    assert answer.status in {400, 404}
    assert GLOW == (folder / "acme" / "t.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "sources",
    [[], "x", {OWN: {}}, {OWN: []}, {OWN: {"edits": {}}}, {str(number): {"edits": []} for number in range(257)}],
)
@pytest.mark.usefixtures("folder")
def test_drafts_that_mean_nothing(studio, sources):
    assert 400 == studio("POST", "/api/brands/acme/draft", {"sources": sources}).status


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.usefixtures("folder")
def test_files_are_only_written(studio, method):
    assert studio(method, f"/api/brands/acme/sources?path={OWN}", {}).status in {404, 405}


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": None},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"content_type": "text/plain"},
        {"host": "evil.example"},
        {"cookie": "a=b"},
    ],
)
def test_nobody_else_writes_them(studio, folder, headers):
    target = f"/api/brands/acme/sources?path={OWN}"
    answer = studio("PUT", target, {"edits": NEW}, version=version_of(GLOW.encode()), **headers)
    assert answer.status in {400, 401, 403, 415, 421}
    assert GLOW == (folder / "acme" / "t.json").read_text(encoding="utf-8")


def test_a_link_is_told_and_not_written(studio, folder, project):
    other = project.root / "brands" / "_shared" / "real.json"
    (folder / "acme" / "t.json").rename(other)
    (folder / "acme" / "t.json").symlink_to("../_shared/real.json")
    told = studio("GET", "/api/brands/acme").json["sources"][1]
    assert (OWN, "it is a link to another file: edit that one", None) == (told["path"], told["refusal"], told["text"])
    assert 409 == put(studio, OWN, {"edits": NEW}, version=version_of(GLOW.encode())).status
    assert GLOW == other.read_text(encoding="utf-8")


def test_a_link_out_of_the_project_is_neither_told_nor_written(studio, folder, tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_text(GLOW, encoding="utf-8")
    (folder / "acme" / "t.json").unlink()
    (folder / "acme" / "t.json").symlink_to(outside)
    answer = studio("GET", "/api/brands/acme")
    assert b"#123456" not in answer.body
    assert 409 == put(studio, OWN, {"edits": NEW}, version=version_of(GLOW.encode())).status
    assert 409 == studio("POST", "/api/brands/acme/draft", {"sources": {OWN: {"edits": NEW}}}).status
    assert GLOW == outside.read_text(encoding="utf-8")


def test_a_folder_that_leads_out_of_the_project_is_not_written(studio, folder, tmp_path):
    outside = tmp_path / "outside"
    (folder / "_shared").rename(outside)
    (folder / "_shared").symlink_to(outside)
    before = (outside / "base.tokens.json").read_bytes()
    answer = put(studio, SHARED, {"edits": [{"pointer": "/haze/$value", "value": "#fff"}]}, version=version_of(before))
    assert (409, before) == (answer.status, (outside / "base.tokens.json").read_bytes())
    assert b"0a3fa8" not in answer.body


def test_a_large_file_is_told_and_not_edited(studio, folder):
    content = GLOW.encode() + b" " * MAX_BYTES
    (folder / "acme" / "t.json").write_bytes(content)
    told = studio("GET", "/api/brands/acme").json["sources"][1]
    assert (None, None) == (told["text"], told["value"])
    assert "1 MiB" in told["refusal"]
    assert 409 == put(studio, OWN, {"edits": NEW}, version=version_of(content)).status


def test_a_file_that_would_grow_too_large_is_not_written(studio, folder):
    text = json.dumps({"glow": {"$type": "color", "$value": "#123456", "$description": "x" * MAX_BYTES}})
    assert 422 == put(studio, OWN, {"text": text}, version=version_of(GLOW.encode())).status
    assert GLOW == (folder / "acme" / "t.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_many_files_are_bounded_together(studio, monkeypatch):
    monkeypatch.setattr("themekit.studio.serving.source_files.MAX_TOTAL_BYTES", len(GLOW))
    shared, own = studio("GET", "/api/brands/acme").json["sources"]
    assert ("", True) == (shared["refusal"], "too many or too large" in own["refusal"])


def test_a_file_has_one_lock_for_all_brands(studio, folder, project, monkeypatch):
    monkeypatch.setattr("themekit.studio.serving.saving.LOCK_TIMEOUT_S", 0.0)
    before = (folder / "_shared" / "base.tokens.json").read_bytes()
    asked = []
    monkeypatch.setattr(
        "themekit.studio.serving.saving.locked",
        lambda cache, name, **options: asked.append(name) or locked(cache, name, **options),
    )
    for brand_id, value in (("acme", "#111111"), ("lagoon", "#222222")):
        edits = {"edits": [{"pointer": "/haze/$value", "value": value}]}
        answer = put(studio, SHARED, edits, version=version_of(before), brand=brand_id)
        assert 200 == answer.status
        before = answer.json["text"].encode()
    assert (2, 1) == (len(asked), len(set(asked)))
    with locked(project.cache, asked[0], timeout_s=0.0):
        assert 423 == put(studio, SHARED, {"edits": []}, version=version_of(before)).status
