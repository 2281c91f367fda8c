"""Patches between published bundles: taken where they are smaller, and never needed."""

import hashlib
import json
import random

import pytest

from tests.downloads.conftest import served
from tests.publish.channels import Repository, answering, bundle_of, from_disk
from themekit.downloads.tokens import Tokens
from themekit.publish.listing import InvalidListingError, parse_listing

TEXT = random.Random(0).randbytes(200_000)  # noqa: S311  # does not compress: a patch is far smaller than the bundle
OTHER = TEXT[:100_000] + b"one line more" + TEXT[100_000:]


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "place").begin()


def patches(repository, version):
    """By the old version, the patches that the index names for this one."""
    document = json.loads((repository.folder / "acme/index.json").read_text())
    (file,) = (each for each in document["files"] if each["version"] == version)
    return {each["from"]["version"]: each for each in file["patches"]}


def fetched(repository, into, **given):
    """What was fetched from a server, which bundles and patches it was asked for, and what was told."""
    asked, told = [], []

    def answer(handler):
        asked.append(handler.path.rpartition("/")[2])
        from_disk(repository, handler)

    with answering(answer) as url:
        got = repository.fetch(into, url=url, tell=told.append, **given)
    return got, [name for name in asked if name.endswith((".zip", ".patch"))], " ".join(told)


def test_the_newest_is_made_of_the_one_before_and_a_patch(repository, tmp_path):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.fetch(tmp_path)
    done = repository.publish(bundle_of("1.1.0", text=OTHER), patches=1)
    assert ("acme/acme-1.0.0-to-1.1.0.patch", "published") == (done[-1].name, done[-1].state)
    got, asked, told = fetched(repository, tmp_path)
    assert ["acme-1.0.0-to-1.1.0.patch"] == asked
    assert bundle_of("1.1.0", text=OTHER).content == got.bundle.read_bytes()
    assert "was made of acme-1.0.0.zip" in told
    assert {"acme-1.0.0.zip", "acme-1.1.0.zip"} == {path.name for path in got.bundle.parent.iterdir()}
    assert (repository.folder / "acme/acme-1.0.0-to-1.1.0.patch").stat().st_size < len(TEXT) / 20


def test_the_smallest_patch_from_what_is_there_is_taken(repository, tmp_path):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.fetch(tmp_path)
    repository.publish(bundle_of("1.1.0", text=TEXT[::-1]))
    repository.publish(bundle_of("1.2.0", text=OTHER), patches=5)
    assert ["1.0.0"] == list(patches(repository, "1.2.0"))  # that from 1.1.0 is as large as the bundle
    assert ["acme-1.0.0-to-1.2.0.patch"] == fetched(repository, tmp_path)[1]


def test_who_has_nothing_or_another_version_fetches_all(repository, tmp_path):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.publish(bundle_of("1.1.0", text=OTHER), patches=1)
    assert ["acme-1.1.0.zip"] == fetched(repository, tmp_path)[1]


def test_a_download_that_is_nearly_done_is_not_begun_anew(repository, tmp_path):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.fetch(tmp_path)
    newer = bundle_of("1.1.0", text=OTHER)
    repository.publish(newer, patches=1)
    part = tmp_path / "acme/parts" / hashlib.sha256(newer.content).hexdigest()
    part.write_bytes(newer.content[:-5])
    assert newer.content == repository.fetch(tmp_path).bundle.read_bytes()
    assert not (tmp_path / "acme/bundles/acme-1.0.0-to-1.1.0.patch").exists()


@pytest.mark.parametrize("damage", ["missing", "other bytes", "longer", "another zlib-ng", "the old bundle is damaged"])
def test_whatever_is_wrong_with_a_patch_the_bundle_comes(repository, tmp_path, damage, monkeypatch):
    """The bundle is whole and verified, by the long way."""
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.fetch(tmp_path)
    newer = bundle_of("1.1.0", text=OTHER)
    repository.publish(newer, patches=1)
    patch = repository.folder / "acme/acme-1.0.0-to-1.1.0.patch"
    if damage == "missing":
        patch.unlink()
    elif damage == "other bytes":
        patch.write_bytes(patch.read_bytes()[:-9] + b"somewhat!")
    elif damage == "longer":
        patch.write_bytes(patch.read_bytes() * 3)
    elif damage == "another zlib-ng":
        monkeypatch.setattr("themekit.bundle.patch.version", lambda _: "0.0.1")
    else:
        old = tmp_path / "acme/bundles/acme-1.0.0.zip"
        old.write_bytes(old.read_bytes()[:-1] + b"x")
    got, asked, told = fetched(repository, tmp_path)
    assert newer.content == got.bundle.read_bytes()
    assert "acme-1.1.0.zip" == asked[-1]
    assert ("" if damage.startswith("the old") else "patch") in told
    assert not list(got.bundle.parent.glob("*.patch"))


def test_the_same_again_makes_no_patch_anew(repository):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    newer = bundle_of("1.1.0", text=OTHER)
    repository.publish(newer)
    assert {} == patches(repository, "1.1.0")
    repository.publish(newer, patches=2)
    before = {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()}
    repository.publish(newer, patches=2)
    assert before == {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()}
    assert ["1.0.0"] == list(patches(repository, "1.1.0"))


def test_a_patch_that_another_publication_left_keeps_its_name(repository, tmp_path):
    """An interrupted publication with another zlib-ng may have left one: what is published is never written over."""
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.fetch(tmp_path)
    left = repository.folder / "acme/acme-1.0.0-to-1.1.0.patch"
    left.write_bytes(b"left")
    repository.publish(bundle_of("1.1.0", text=OTHER), patches=1)
    assert b"left" == left.read_bytes()
    (named,) = patches(repository, "1.1.0").values()
    assert f"acme-1.0.0-to-1.1.0-{named['hashes']['sha256'][:12]}.patch" == named["filename"]
    assert [named["filename"]] == fetched(repository, tmp_path)[1]


def test_a_published_bundle_that_is_damaged_gives_no_patch(repository):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    (repository.folder / "acme/acme-1.0.0.zip").write_bytes(b"damaged")
    repository.publish(bundle_of("1.1.0", text=OTHER), patches=1)
    assert {} == patches(repository, "1.1.0")


def test_the_download_server_and_the_page_have_it(repository, tmp_path):
    repository.publish(bundle_of("1.0.0", text=TEXT))
    repository.publish(bundle_of("1.1.0", text=OTHER), patches=1)
    name = "acme-1.0.0-to-1.1.0.patch"
    assert f'href="{name}"' in (repository.folder / "acme/index.html").read_text()
    with served(repository.folder, tmp_path / "state") as client:
        client.token, _ = Tokens(tmp_path / "state").add("one", ["acme"], now_s=0, expires_s=2**40)
        answer = client.ask(f"/d/acme/{name}")
    assert (200, (repository.folder / "acme" / name).read_bytes()) == (answer.status, answer.body)


@pytest.mark.parametrize("wrong", [
    {"patches": {}},
    {"patches": [1]},
    {"patches": [{"filename": "a.patch", "size": 1, "hashes": {"sha256": "0" * 64}}]},
    {"patches": [{"filename": "../a.patch", "size": 1, "hashes": {"sha256": "0" * 64}, "from": {}}]},
    {"patches": [{"filename": "a.patch", "size": 1, "hashes": {"sha256": "0" * 64},
                  "from": {"version": "1.0.0", "hashes": {"sha256": "0"}}}]},
    {"patches": [{"filename": f"{n}.patch", "size": 1, "hashes": {"sha256": "0" * 64},
                  "from": {"version": "1.0.0", "hashes": {"sha256": "0" * 64}}} for n in range(21)]},
    {"patches": [{"filename": "a.zip", "size": 1, "hashes": {"sha256": "0" * 64},
                  "from": {"version": "1.0.0", "hashes": {"sha256": "0" * 64}}}]},
])  # fmt: skip
def test_an_index_with_patches_that_are_none(wrong):
    file = {"filename": "a.zip", "version": "1.0.0", "size": 1, "hashes": {"sha256": "0" * 64}, **wrong}
    document = {"meta": {"api-version": "1.0"}, "name": "acme", "title": "A", "files": [file]}
    with pytest.raises(InvalidListingError):
        parse_listing(json.dumps(document).encode())
