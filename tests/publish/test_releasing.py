"""What is published: whole, once, and the same again; on a disk, in memory and on a real S3 server."""

import hashlib
import json
import re
import time
import uuid

import pytest

from tests.engine.conftest import BUCKET, s3, s3_server
from tests.publish.channels import PASSWORD, Repository, bundle_of, key, page
from themekit.publish.listing import InvalidListingError, Listing, Release, Stored, parse_listing, version_key
from themekit.publish.place import PlaceError, open_place
from themekit.publish.releasing import LOCK, PublishError, publish_bundles, yank
from themekit.publish.wording import words_of

__all__ = ["s3", "s3_server"]


@pytest.fixture(params=["file", "memory", "s3"])
def place(request, tmp_path):
    if request.param == "s3":
        request.getfixturevalue("s3")
        return open_place(f"s3://{BUCKET}/{uuid.uuid4().hex}")
    return open_place(f"file://{tmp_path}/place" if request.param == "file" else f"memory://{uuid.uuid4().hex}")


def publish(place, *bundles):
    done = publish_bundles(place, bundles, channel=None, page=page, now_s=time.time)
    return {each.name: each.state for each in done}


def index(place, brand="acme"):
    return json.loads(place.get(f"{brand}/index.json"))


def test_a_bundle_is_listed_with_size_and_digest(place):
    bundle = bundle_of(minisig=b"sig", envelope=b"{}", changes="New colours")
    assert {"published"} == set(publish(place, bundle).values())
    (file,) = index(place)["files"]
    assert (len(bundle.content), hashlib.sha256(bundle.content).hexdigest()) == (file["size"], file["hashes"]["sha256"])
    assert ("acme-1.0.0.zip.minisig", "New colours", False) == (
        file["signature"]["filename"], file["changes"], file["yanked"]
    )  # fmt: skip
    assert bundle.content == place.get("acme/acme-1.0.0.zip")
    assert b"sig" == place.get("acme/acme-1.0.0.zip.minisig")


def test_the_same_again_changes_nothing_and_more_is_added(place):
    publish(place, bundle_of())
    before = place.get("acme/index.json")
    assert {"acme/acme-1.0.0.zip": "unchanged"} == publish(place, bundle_of())
    assert before == place.get("acme/index.json")
    publish(place, bundle_of("1.10.0"), bundle_of("1.9.0"))
    assert ["1.0.0", "1.9.0", "1.10.0"] == index(place)["versions"]
    assert place.get(LOCK) is None


def test_a_version_never_gets_other_bytes(place):
    publish(place, bundle_of())
    with pytest.raises(PublishError, match="never changes"):
        publish(place, bundle_of("2.0.0"), bundle_of(text=b"other"))
    assert place.get("acme/acme-2.0.0.zip") is None
    assert ["1.0.0"] == index(place)["versions"]
    assert bundle_of().content == place.get("acme/acme-1.0.0.zip")


def test_nor_where_the_index_was_lost(place):
    publish(place, bundle_of())
    place.remove("acme/index.json")
    with pytest.raises(PublishError, match="other content"):
        publish(place, bundle_of(text=b"other"))


def test_who_is_second_creates_nothing(place):
    assert place.create("a/one.txt", b"1", media_type="text/plain")
    assert not place.create("a/one.txt", b"2", media_type="text/plain")
    assert b"1" == place.get("a/one.txt")
    assert place.get("a/none.txt") is None


def test_two_do_not_publish_at_once(place):
    place.put(LOCK, json.dumps({"time": time.time()}).encode(), media_type="application/json")
    with pytest.raises(PublishError, match="somebody else"):
        publish(place, bundle_of())
    place.put(LOCK, json.dumps({"time": time.time() - 3600}).encode(), media_type="application/json")
    publish(place, bundle_of())


def test_what_is_yanked_is_not_the_newest(tmp_path):
    repository = Repository(tmp_path / "place")
    publish(repository.place, bundle_of(), bundle_of("2.0.0"))
    hit = yank(repository.place, "acme", version="2.0.0", reason="broken <b>", channel=None, page=page, now_s=time.time)
    assert 1 == hit
    listing = parse_listing(repository.place.get("acme/index.json"))
    assert ("1.0.0", "broken <b>") == (listing.newest().version, listing.releases[-1].yanked)
    html = repository.place.get("acme/index.html").decode()
    assert "broken &lt;b&gt;" in html
    assert "<b>" not in html


@pytest.mark.parametrize("step", range(1, 9))
def test_an_interrupted_publication_is_old_or_new_and_the_next_one_ends_it(tmp_path, step, monkeypatch):
    """Whichever write fails: readers have one of two indexes, all of whose files are there."""
    repository = Repository(tmp_path / "place").begin()
    repository.publish(bundle_of())
    from themekit.publish.place import Place

    left = [step]

    def failing(method):
        def call(self, name, content, *, media_type):
            if name != LOCK:
                left[0] -= 1
                if left[0] == 0:
                    raise PlaceError("the disk is gone")
            return method(self, name, content, media_type=media_type)

        return call

    with monkeypatch.context() as patch:
        patch.setattr(Place, "put", failing(Place.put))
        patch.setattr(Place, "create", failing(Place.create))
        with pytest.raises(PlaceError):
            repository.publish(bundle_of("2.0.0"))
    listing = parse_listing(repository.place.get("acme/index.json"))
    for release in listing.releases:
        assert repository.place.get(f"acme/{release.file.name}") is not None
    seen = repository.fetch(tmp_path / "during").release.version
    assert seen in {"1.0.0", "2.0.0"}
    repository.publish(bundle_of("2.0.0"))
    assert "2.0.0" == repository.fetch(tmp_path / "after").release.version


def test_versions_sort_as_semver_says():
    given = ["1.0.0", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0-alpha", "0.9.9", "1.10.0", "1.2.0"]
    assert ["0.9.9", "1.0.0-alpha", "1.0.0-rc.2", "1.0.0-rc.10", "1.0.0", "1.2.0", "1.10.0"] == sorted(
        given, key=version_key
    )


def test_an_index_is_read_as_it_was_written():
    stored = Stored("acme-1.0.0.zip", 5, "0" * 64)
    listing = Listing("acme", "Äcme", (Release("1.0.0", stored, None, None, "x", "why"),))
    assert listing == parse_listing(listing.to_json())


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"[" * 100_000, b'{"meta": {"api-version": "2.0"}, "name": "a", "title": "", "files": []}',
     b'{"meta": {"api-version": "1.0"}, "name": "../a", "title": "", "files": []}',
     b'{"meta": {"api-version": "1.0"}, "name": "a", "title": "", "files": [1]}',
     b'{"meta": {"api-version": "1.0"}, "name": "a", "title": "", "files": {}}', b"x" * 5_000_000],
)  # fmt: skip
def test_hostile_indexes(content):
    with pytest.raises(InvalidListingError):
        parse_listing(content)


def test_a_password_in_the_url_is_refused():
    with pytest.raises(PlaceError, match="password") as refused:
        open_place("s3://key:secret@bucket/x")
    assert "secret" not in str(refused.value)


def test_the_page_needs_no_script_and_says_how_to_verify(tmp_path):
    place = open_place(f"file://{tmp_path}/place")
    publish(place, bundle_of(minisig=b"x", changes="Two\nlines"))
    html = place.get("acme/index.html").decode()
    assert "<title>Downloads – Acme &amp; Söhne</title>" in html
    assert hashlib.sha256(bundle_of().content).hexdigest() in html
    assert "minisign -Vm acme-1.0.0.zip" in html
    assert "<script" not in html
    for name in re.findall(r'(?:href|src)="([^"]+)"', html):
        assert place.get(f"acme/{name}") is not None, name
    assert key("online").public.id not in html
    assert PASSWORD not in html


def test_the_page_is_in_the_brands_language(tmp_path):
    """No English word is left but those that are German, too; what is not translated is in English and says so."""
    place = open_place(f"file://{tmp_path}/place")
    publish(place, bundle_of(minisig=b"x", envelope=b"{}", locale="de"))
    html = place.get("acme/index.html").decode()
    size = f"{len(bundle_of().content) / 1000:.1f} kB".replace(".", ",")
    assert ('<html lang="de">', True, True) == (
        html.split("\n")[1],
        size in html,
        "Die neueste Version ist 1.0.0." in html,
    )
    english = [word for key, word in words_of("en").items() if word != words_of("de")[key] and "{" not in word]
    assert [] == [word for word in english if f">{word}" in html or f" {word}<" in html]
    assert "de" == index(place)["locale"]
    publish(place, bundle_of("1.1.0", locale="fr"))
    assert '<html lang="en">' in place.get("acme/index.html").decode()


def test_every_language_has_every_word():
    assert words_of("en").keys() == words_of("de").keys()
    holes = {key: re.findall(r"{\w+}", word) for key, word in words_of("en").items()}
    assert holes == {key: re.findall(r"{\w+}", word) for key, word in words_of("de").items()}


@pytest.mark.parametrize("brand", ["metadata", "root", "timestamp"])
def test_a_brand_named_like_the_channels_files_is_refused(tmp_path, brand):
    place = open_place(f"file://{tmp_path}/place")
    with pytest.raises(PublishError, match="update channel"):
        publish(place, bundle_of(brand=brand))
    assert place.get(f"{brand}/index.json") is None
