"""Uploads, colours and new brands: safe names, nothing overwritten, and no litter where it fails."""

import base64
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from themekit.studio.serving.answers import version_of
from themekit.studio.serving.asset_files import plain_name

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><rect width="8" height="8" fill="#0a7f4f"/></svg>'
OTHER_SVG = SVG.replace(b"0a7f4f", b"b00020")
HOSTILE_SVG = SVG.replace(b"<rect", b"<script>alert(1)</script><rect onload='x()'")


def b64(content):
    return base64.b64encode(content).decode()


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (40, 20), "#b00020").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def put(studio, acme):
    """Uploads a file for a field of acme's."""

    def upload(pointer, name, content, **others):
        body = {"pointer": pointer, "name": name, "base64": b64(content)}
        return studio("PUT", "/api/brands/acme/files", body, version=version_of(acme.read_bytes()), **others)

    return upload


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_logo_is_kept_beside_the_file_and_named_in_it(put, acme, saved, live):
    answer = put("/logos/light", "My Logo (final).SVG", SVG)
    assert (200, "my-logo-final.svg") == (answer.status, answer.json["path"])
    assert SVG == (acme.parent / "my-logo-final.svg").read_bytes()
    assert {"light": "my-logo-final.svg"} == saved()["logos"]
    assert version_of(acme.read_bytes()) == answer.json["version"]
    assert [] == answer.json["diagnostics"]
    assert [{"brands/acme/brand.json", "brands/acme/my-logo-final.svg"}] == live.told


def test_no_file_is_written_over(put, acme, saved):
    put("/logos/light", "logo.svg", SVG)
    assert "logo.svg" == put("/logos/dark", "LOGO.svg", SVG).json["path"]
    assert "logo-2.svg" == put("/logos/mark", "Logo.svg", OTHER_SVG).json["path"]
    assert SVG == (acme.parent / "logo.svg").read_bytes()
    assert {"light": "logo.svg", "dark": "logo.svg", "mark": "logo-2.svg"} == saved()["logos"]
    assert ["brand.json", "logo-2.svg", "logo.svg"] == names(acme.parent)


def test_photographs_become_clean_pngs(put, acme):
    assert "logo.png" == put("/logos/light", "logo.jpg", jpeg()).json["path"]
    assert (acme.parent / "logo.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("pointer", "name", "content"),
    [
        ("/logos/light", "logo.svg", b"<html>"),
        ("/logos/light", "logo.gif", b"GIF89a\1\0\1\0"),
        ("/logos/light", "logo.png", b"\x89PNG\r\n\x1a\n broken"),
        ("/logos/other", "logo.svg", SVG),
        ("/name", "logo.svg", SVG),
        ("/typography/families/body/files/-", "font.woff2", SVG),
        ("/typography/families/body/files/-", "font.woff2", b"wOF2 broken"),
    ],
)
def test_what_a_build_would_refuse_is_not_kept(put, acme, pointer, name, content):
    before = acme.read_bytes()
    assert 422 == put(pointer, name, content).status
    assert (["brand.json"], before) == (names(acme.parent), acme.read_bytes())


@pytest.mark.parametrize("name", ["../../evil.svg", "/etc/passwd", "..\\x.svg", ".htaccess", "con.svg", "", "a\0b.svg"])
def test_names_lead_nowhere(put, acme, name):
    answer = put("/logos/light", name, SVG)
    assert 200 == answer.status
    assert {"brand.json", answer.json["path"]} == set(names(acme.parent))
    assert answer.json["path"].removesuffix(".svg").replace("-", "").isalnum()


def test_an_upload_for_another_state_leaves_no_file(studio, acme):
    body = {"pointer": "/logos/light", "name": "logo.svg", "base64": b64(SVG)}
    assert 412 == studio("PUT", "/api/brands/acme/files", body, version="0" * 16).status
    assert ["brand.json"] == names(acme.parent)


def test_an_upload_that_cannot_be_named_leaves_no_file(put, acme):
    """The field is below a value that holds no fields."""
    acme.write_text('{"name": "A", "color": {"primary": "#0b5fff"}, "logos": "none"}', encoding="utf-8")
    assert 422 == put("/logos/light", "logo.svg", SVG).status
    assert ["brand.json"] == names(acme.parent)


def test_a_font_gets_a_folder_and_an_object(put, acme, saved):
    from importlib.util import find_spec

    (place,) = find_spec("fontpkg_inter").submodule_search_locations
    font = next(iter(sorted(Path(place).rglob("*.woff2"))), None) or next(Path(place).rglob("*.ttf"))
    answer = put("/typography/families/body/files/-", "Inter Regular.bin", font.read_bytes())
    assert 200 == answer.status
    assert f"fonts/inter-regular{font.suffix}" == answer.json["path"]
    assert [{"path": answer.json["path"]}] == saved()["typography"]["families"]["body"]["files"]
    assert (acme.parent / answer.json["path"]).read_bytes() == font.read_bytes()


def test_thumbnails_are_clean(studio, acme):
    (acme.parent / "logo.svg").write_bytes(HOSTILE_SVG)
    text = '{"name": "A", "color": {"primary": "#0b5fff"}, "logos": {"light": "logo.svg", "dark": "../x.svg"}}'
    acme.write_text(text, encoding="utf-8")
    answer = studio("GET", "/api/brands/acme/files?pointer=/logos/light")
    assert "image/svg+xml" == answer.header("content-type").partition(";")[0]
    assert b"script" not in answer.body
    assert b"onload" not in answer.body
    for pointer in ("/logos/dark", "/logos/mark", "/name", "/logos/light/x", "", "/logos/__class__"):
        assert 404 == studio("GET", f"/api/brands/acme/files?pointer={pointer}").status


def test_thumbnails_of_inherited_logos_are_those_of_the_base(studio, acme, project):
    shared = project.root / "brands" / "_shared"
    shared.mkdir()
    (shared / "logo.svg").write_bytes(SVG)
    (shared / "base.json").write_text('{"logos": {"light": "logo.svg"}}', encoding="utf-8")
    own = '{"extends": "../_shared/base.json", "name": "A", "color": {"primary": "#0b5fff"}}'
    acme.write_text(own, encoding="utf-8")
    assert b"#0a7f4f" in studio("GET", "/api/brands/acme/files?pointer=/logos/light").body


def test_thumbnails_do_not_follow_links_out_of_the_project(studio, acme, tmp_path):
    (tmp_path / "secret.svg").write_bytes(SVG)
    (acme.parent / "logo.svg").symlink_to(tmp_path / "secret.svg")
    text = '{"name": "A", "color": {"primary": "#0b5fff"}, "logos": {"light": "logo.svg"}}'
    acme.write_text(text, encoding="utf-8")
    assert 404 == studio("GET", "/api/brands/acme/files?pointer=/logos/light").status


def test_colours_of_a_picture(studio):
    assert ["#0a7f4f"] == studio("POST", "/api/colors", {"base64": b64(SVG)}).json["colors"]
    url = f"data:image/svg+xml;base64,{b64(SVG)}"
    assert ["#0a7f4f"] == studio("POST", "/api/colors", {"base64": url}).json["colors"]
    wrong = studio("POST", "/api/colors", {"base64": b64(b"nothing")})
    assert (422, "the picture cannot be used: it is no SVG, PNG, JPEG or WebP file") == (
        wrong.status,
        wrong.json["message"],
    )
    wrong = studio("POST", "/api/colors", {"base64": b64(b"<svg")})
    assert "the picture cannot be used: it is no well-formed XML" in wrong.json["message"]
    assert "`" not in wrong.json["message"]
    assert 400 == studio("POST", "/api/colors", {"base64": "%%%"}).status


def test_a_brand_from_a_name_and_a_colour(studio, project, live):
    answer = studio("POST", "/api/brands", {"name": "Zürich Straße & Co.", "primary": "#0a7f4f"})
    assert (201, "zurich-strasse-co") == (answer.status, answer.json["id"])
    written = (project.root / "brands" / "zurich-strasse-co" / "brand.json").read_text(encoding="utf-8")
    assert (
        '{\n  "$schema": "../brand.schema.json",\n  "name": "Zürich Straße & Co.",\n'
        '  "color": { "primary": "#0a7f4f" }\n}\n'
    ) == written
    assert "zurich-strasse-co" in [each["id"] for each in studio("GET", "/api/project").json["brands"]]
    assert "brands/zurich-strasse-co/brand.json" in live.told[0]


def test_a_brand_from_a_logo(studio, project):
    answer = studio("POST", "/api/brands", {"name": "Leaf", "logo": {"name": "x.svg", "base64": b64(SVG)}})
    assert ({"id": "leaf", "path": "brands/leaf/brand.json", "colors": ["#0a7f4f"]}, 201) == (
        answer.json,
        answer.status,
    )
    folder = project.root / "brands" / "leaf"
    written = json.loads((folder / "brand.json").read_text(encoding="utf-8"))
    assert ("#0a7f4f", "x.svg") == (written["color"]["primary"], written["logos"]["light"])
    assert SVG == (folder / "x.svg").read_bytes()
    assert [] == studio("GET", "/api/brands/leaf").json["diagnostics"]


def test_an_id_is_never_another_brands(studio, project):
    ids = [studio("POST", "/api/brands", {"name": "ACME", "primary": "#0a7f4f"}).json["id"] for _ in range(2)]
    assert ["acme-2", "acme-3"] == ids
    assert "Acme" == json.loads((project.root / "brands" / "acme" / "brand.json").read_text("utf-8"))["name"]


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"name": "株式会社", "primary": "#0a7f4f"}, 422, "id-needed"),
        ({"name": "", "primary": "#0a7f4f"}, 422, "id-needed"),
        ({"name": "A"}, 422, "color-needed"),
        ({"name": "A", "primary": "green-ish"}, 422, "wrong-brand"),
        ({"name": "A" * 81, "primary": "#0a7f4f"}, 422, "wrong-brand"),
        ({"name": "<b>", "primary": "#0a7f4f"}, 422, "wrong-brand"),
        ({"name": "Con", "primary": "#0a7f4f"}, 422, "wrong-id"),
        ({"name": "A", "id": "../x", "primary": "#0a7f4f"}, 422, "wrong-id"),
        ({"name": "A", "logo": {"name": "x.svg", "base64": "PGh0bWw+"}}, 422, "wrong-file"),
        ({"name": "A", "logo": {"name": "x.svg"}}, 400, "wrong-body"),
        ({"name": 1}, 400, "wrong-body"),
    ],
)
def test_a_brand_that_is_not_made_leaves_nothing(studio, project, body, status, error):
    before = names(project.root / "brands")
    answer = studio("POST", "/api/brands", body)
    assert (status, error) == (answer.status, answer.json["error"])
    assert before == names(project.root / "brands")


def test_other_scripts_need_an_id_and_keep_their_name(studio, project):
    answer = studio("POST", "/api/brands", {"name": "株式会社", "id": "kaisha", "primary": "#0a7f4f"})
    assert 201 == answer.status
    assert "株式会社" in (project.root / "brands" / "kaisha" / "brand.json").read_text(encoding="utf-8")


def test_a_write_that_fails_leaves_nothing(studio, project, monkeypatch):
    import os

    def full(*_, **__):
        raise OSError(28, "No space left on device")

    before = names(project.root / "brands")
    monkeypatch.setattr(os, "fsync", full)
    answer = studio("POST", "/api/brands", {"name": "New", "primary": "#0a7f4f"})
    assert (409, "not-writable") == (answer.status, answer.json["error"])
    assert "no space left" in answer.json["message"]
    assert before == names(project.root / "brands")
    acme = project.root / "brands" / "acme" / "brand.json"
    content = acme.read_bytes()
    edits = {"edits": [{"pointer": "/name", "value": "X"}]}
    assert 409 == studio("PUT", "/api/brands/acme", edits, version=version_of(content)).status
    assert (content, ["brand.json"]) == (acme.read_bytes(), names(acme.parent))


@pytest.mark.parametrize(
    ("text", "name"),
    [("Ærø Łódź", "aero-lodz"), ("Ⅷ ﬁve", "viii-five"), ("--", ""), ("Straße", "strasse"), ("É" * 80, "e" * 60)],
)
def test_names_are_folded_to_plain_letters(text, name):
    assert name == plain_name(text)
