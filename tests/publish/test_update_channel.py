"""What an attacker who owns the server, or stands before it, cannot do: TUF's threats, one by one."""

import hashlib
import json
import shutil
import time

import pytest
from tuf.api.metadata import Metadata

from tests.publish.channels import Repository, answering, bundle_of, from_disk, key, later
from themekit.publish.channel import Channel, ChannelError, KeySigner, latest_root, put_root, tuf_key
from themekit.publish.fetching import FetchError
from themekit.publish.listing import InvalidListingError, Listing, Release, Stored, parse_listing
from themekit.publish.remote import Remote, UnusableAddressError


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "place").begin()


def metadata(repository, name):
    return repository.folder / "metadata" / name


def version(got):
    return got.release.version


def test_the_newest_is_fetched_and_again_nothing_changes(repository, tmp_path):
    repository.publish(bundle_of("1.9.0"))
    assert "1.9.0" == version(repository.fetch(tmp_path))
    repository.publish(bundle_of("1.10.0"), bundle_of("2.0.0-rc.1"))
    got = repository.fetch(tmp_path)
    assert "1.10.0" == version(got)
    assert bundle_of("1.10.0").content == got.bundle.read_bytes()
    before = {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()}
    repository.publish(bundle_of("1.10.0"))
    assert before == {path: path.read_bytes() for path in repository.folder.rglob("*") if path.is_file()}


def test_a_second_brand_leaves_the_first(repository, tmp_path):
    repository.publish(bundle_of())
    repository.publish(bundle_of("3.0.0", brand="volt"))
    assert ("1.0.0", "3.0.0") == (
        version(repository.fetch(tmp_path)),
        version(repository.fetch(tmp_path, brand="volt")),
    )


def attacked(repository, tmp_path, **given):
    """The fetch is refused as an attack, and what was fetched stays."""
    kept = {path: path.read_bytes() for path in (tmp_path / "acme" / "bundles").glob("*")}
    with pytest.raises(FetchError) as refused:
        repository.fetch(tmp_path, **given)
    assert kept == {path: path.read_bytes() for path in (tmp_path / "acme" / "bundles").glob("*")}
    assert refused.value.is_attack, refused.value
    return str(refused.value)


def test_rollback(repository, tmp_path):
    repository.publish(bundle_of("1.0.0"))
    old = metadata(repository, "timestamp.json").read_bytes()
    repository.publish(bundle_of("2.0.0"))
    repository.fetch(tmp_path)
    metadata(repository, "timestamp.json").write_bytes(old)
    assert "older" in attacked(repository, tmp_path)


def test_freeze(tmp_path):
    repository = Repository(tmp_path / "place", now=later(-60)).begin()
    repository.publish(bundle_of())
    assert "out of date" in attacked(repository, tmp_path)
    repository.publish(bundle_of(), now=later(0))
    assert "1.0.0" == version(repository.fetch(tmp_path))


def test_mix_and_match(repository, tmp_path):
    """A snapshot of one publication under the timestamp of another."""
    repository.publish(bundle_of("1.0.0"))
    repository.publish(bundle_of("2.0.0"))
    shutil.copy(metadata(repository, "1.snapshot.json"), metadata(repository, "2.snapshot.json"))
    assert "mixed" in attacked(repository, tmp_path)


def test_an_older_list_of_one_brand_under_a_newer_snapshot(repository, tmp_path):
    repository.publish(bundle_of("1.0.0"))
    repository.publish(bundle_of("2.0.0"))
    shutil.copy(metadata(repository, "1.acme.json"), metadata(repository, "2.acme.json"))
    assert attacked(repository, tmp_path)


def test_wrong_key(repository, tmp_path):
    other = Repository(tmp_path / "other").begin()
    other.root = other.make_root(online="thief", keys=("t1", "t2", "t3"), signers=("t1", "t2"))
    shutil.rmtree(other.folder)
    put_root(other.place, other.root)
    other.publish(bundle_of("9.0.0"), online="thief")
    repository.publish(bundle_of())
    for name in ("timestamp.json", "1.snapshot.json", "1.targets.json", "1.acme.json"):
        shutil.copy(metadata(other, name), metadata(repository, name))
    assert "not signed" in attacked(repository, tmp_path)
    with pytest.raises(ChannelError, match="does not name the key"):
        repository.publish(bundle_of("2.0.0"), online="thief")


def test_a_root_below_its_threshold(repository, tmp_path):
    repository.publish(bundle_of())
    weak = repository.make_root(signers=("r1",), before=repository.root)
    with pytest.raises(ChannelError, match="not signed by 2"):
        put_root(repository.place, weak)
    metadata(repository, "2.root.json").write_bytes(weak)
    assert "not signed" in attacked(repository, tmp_path)
    with pytest.raises(FetchError) as refused:
        repository.fetch(tmp_path / "new", root=repository.make_root(signers=("r1",)))
    assert refused.value.is_attack


def test_a_root_that_the_present_one_did_not_sign(repository, tmp_path):
    repository.publish(bundle_of())
    thief = repository.make_root(keys=("t1", "t2"), signers=("t1", "t2"), before=repository.root)
    with pytest.raises(ChannelError, match="the present root's"):
        put_root(repository.place, thief)
    metadata(repository, "2.root.json").write_bytes(thief)
    assert "not signed" in attacked(repository, tmp_path)


def test_keys_are_changed(repository, tmp_path):
    """The root's and the online one: who has the first root follows, and the old online key is worth nothing."""
    repository.publish(bundle_of("1.0.0"))
    repository.fetch(tmp_path)
    new = repository.make_root(
        keys=("r1", "r4", "r5"), signers=("r1", "r2", "r4"), online="online-2", before=repository.root
    )
    assert 2 == put_root(repository.place, new)
    repository.publish(bundle_of("2.0.0"), online="online-2")
    assert "2.0.0" == version(repository.fetch(tmp_path))
    assert "2.0.0" == version(repository.fetch(tmp_path / "fresh"))
    with pytest.raises(ChannelError):
        repository.publish(bundle_of("3.0.0"), online="online")


@pytest.mark.parametrize("resumed", [False, True])
def test_an_altered_target(repository, tmp_path, resumed):
    repository.publish(bundle_of())
    file = repository.folder / "acme" / "acme-1.0.0.zip"
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)
    if resumed:
        parts = tmp_path / "acme" / "parts"
        parts.mkdir(parents=True)
        (parts / hashlib.sha256(bundle_of().content).hexdigest()).write_bytes(b"damaged")
    assert "not the file that was signed" in attacked(repository, tmp_path)
    assert not (tmp_path / "acme" / "bundles" / "acme-1.0.0.zip").exists()


def test_an_altered_index(repository, tmp_path):
    repository.publish(bundle_of())
    (index,) = (repository.folder / "acme").glob("*.index.json")
    document = json.loads(index.read_bytes())
    document["files"][0]["yanked"] = True
    index.write_text(json.dumps(document))
    with pytest.raises(FetchError):
        repository.fetch(tmp_path)


@pytest.mark.parametrize(
    "name", ["../../x.zip", "/etc/x.zip", "a/b.zip", ".hidden.zip", "a\\b.zip", "a%2fb.zip", "x\n.zip"]
)
def test_names_that_lead_elsewhere_are_none(name):
    content = Listing("acme", "Acme", (Release("1.0.0", Stored(name, 1, "0" * 64)),)).to_json()
    with pytest.raises(InvalidListingError):
        parse_listing(content)


def test_one_brands_key_names_no_file_of_another(repository, tmp_path):
    """The role of a brand is asked for `<brand>/…` only, whatever else it lists."""
    repository.publish(bundle_of(), bundle_of("1.0.0", brand="volt"))
    channel = Channel(repository.place, latest_root(repository.place), key("online"), repository.now)
    channel.update({"volt": {"acme/index.json": (1, "0" * 64), "volt/index.json": (1, "0" * 64)}})
    assert "1.0.0" == version(repository.fetch(tmp_path))


def endless(handler):
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"10000\r\n" + b"x" * 65536 + b"\r\n")
    except OSError:
        handler.close_connection = True


@pytest.mark.parametrize("where", ["root.json", "timestamp.json", "snapshot.json", "index.json", ".zip"])
def test_endless_data(repository, tmp_path, where):
    repository.publish(bundle_of())

    def answer(handler):
        endless(handler) if handler.path.endswith(where) else from_disk(repository, handler)

    with answering(answer) as url, pytest.raises(FetchError):
        repository.fetch(tmp_path, url=url)
    assert not list((tmp_path / "acme").rglob("*.zip"))


def test_a_server_that_is_too_slow(repository, tmp_path):
    repository.publish(bundle_of())

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Length", "10000")
        handler.end_headers()
        for _ in range(10_000):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return
            time.sleep(0.05)

    with answering(drip) as url, pytest.raises(FetchError, match="within"):
        repository.fetch(tmp_path, url=url, metadata_s=0.5)


def signers(repository, brand):
    """The keys that the list of brands names for a brand."""
    newest = max((repository.folder / "metadata").glob("*.targets.json"), key=lambda path: int(path.name.split(".")[0]))
    roles = json.loads(newest.read_text())["signed"]["delegations"]["roles"]
    return {each["name"]: each["keyids"] for each in roles}[brand]


def keyid(name):
    return tuf_key(key(name).public).keyid


def test_a_brands_own_key_signs_for_it_and_for_no_other(repository, tmp_path):
    """Whoever has the online key only can say nothing new of the brand as long as the list names the brand's key."""
    repository.publish(bundle_of(), bundle_of("3.0.0", brand="volt"), acme="own")
    assert ([keyid("own")], [keyid("online")]) == (signers(repository, "acme"), signers(repository, "volt"))
    with pytest.raises(ChannelError, match="--brand-key acme=KEY"):
        repository.publish(bundle_of("2.0.0"))
    assert not (repository.folder / "acme/acme-2.0.0.zip").exists()
    with pytest.raises(ChannelError, match="no brand `harrow`"):
        repository.publish(bundle_of("2.0.0"), acme="own", harrow="other")
    repository.publish(bundle_of("4.0.0", brand="volt"))
    assert [keyid("own")] == signers(repository, "acme")
    assert "1.0.0" == version(repository.fetch(tmp_path))
    repository.publish(bundle_of("2.0.0"), acme="own")
    assert "2.0.0" == version(repository.fetch(tmp_path))


def test_a_role_that_another_key_signed_is_refused(repository, tmp_path):
    """The file of a brand with its own key, signed by the online key: that of another brand would be worth as much."""
    repository.publish(bundle_of(), acme="own")
    path = metadata(repository, "1.acme.json")
    forged = Metadata.from_bytes(path.read_bytes())
    forged.sign(KeySigner(key("online")))
    path.write_bytes(forged.to_bytes())
    assert "not signed" in attacked(repository, tmp_path)
    with pytest.raises(ChannelError, match="not signed by its key"):
        repository.channel().update({})


def test_a_brands_key_is_changed_and_given_up(repository, tmp_path):
    repository.publish(bundle_of(), acme="own")
    repository.publish(bundle_of(), acme="next")
    assert [keyid("next")] == signers(repository, "acme")
    assert "1.0.0" == version(repository.fetch(tmp_path))
    repository.publish(bundle_of(), acme="online")
    repository.publish(bundle_of("2.0.0"))
    assert [keyid("online")] == signers(repository, "acme")
    assert "2.0.0" == version(repository.fetch(tmp_path))


def test_a_change_of_the_online_key_leaves_the_brands_own(repository, tmp_path):
    repository.publish(bundle_of(), bundle_of("3.0.0", brand="volt"), acme="own")
    put_root(repository.place, repository.make_root(online="online-2", before=repository.root))
    repository.publish(bundle_of("4.0.0", brand="volt"), online="online-2")
    assert ([keyid("own")], [keyid("online-2")]) == (signers(repository, "acme"), signers(repository, "volt"))
    assert ("1.0.0", "4.0.0") == (
        version(repository.fetch(tmp_path)),
        version(repository.fetch(tmp_path, brand="volt")),
    )


def test_what_gets_old_waits_for_the_brands_own_key(tmp_path):
    """The online key renews the rest, and tells which brand it cannot renew."""
    repository = Repository(tmp_path / "place", now=later(-80)).begin()
    repository.publish(bundle_of(), bundle_of("3.0.0", brand="volt"), acme="own")
    channel = repository.channel(now=later(0))
    assert channel.update({})
    assert ["acme"] == list(channel.waiting())
    assert "3.0.0" == version(repository.fetch(tmp_path, brand="volt"))
    assert repository.channel(now=later(0), acme="own").update({})
    assert {} == repository.channel(now=later(0)).waiting()
    assert "1.0.0" == version(repository.fetch(tmp_path))


def test_redirects_are_not_followed(repository, tmp_path):
    repository.publish(bundle_of())
    asked = []

    def elsewhere(handler):
        asked.append(handler.path)
        handler.send_response(302)
        handler.send_header("Location", "/elsewhere")
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    with answering(elsewhere) as url, pytest.raises(FetchError):
        repository.fetch(tmp_path, url=url)
    assert "/elsewhere" not in asked


def test_a_token_stays_on_this_machine_or_behind_tls():
    with pytest.raises(UnusableAddressError):
        Remote("http://partner.example", "tk_secret")
    assert "tk_secret" not in repr(Remote("https://partner.example", "tk_secret"))


def test_a_download_goes_on_where_it_broke_off(repository, tmp_path):
    """Each answer breaks after some bytes; the ranges that are asked for show that nothing came twice."""
    bundle = bundle_of(text=bytes(range(256)) * 2000)
    repository.publish(bundle)
    asked = []

    def answer(handler):
        if not handler.path.endswith(".zip"):
            from_disk(repository, handler)
            return
        start = int(handler.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        asked.append((start, handler.headers.get("If-Range")))
        content = bundle.content[start:]
        handler.send_response(206 if start else 200)
        handler.send_header("ETag", '"one"')
        if start:
            handler.send_header("Content-Range", f"bytes {start}-{len(bundle.content) - 1}/{len(bundle.content)}")
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content[: len(bundle.content) // 3])
        handler.close_connection = True

    with answering(answer) as url:
        got = repository.fetch(tmp_path, url=url)
    assert bundle.content == got.bundle.read_bytes()
    third = len(bundle.content) // 3
    assert [(0, None), (third, '"one"'), (2 * third, '"one"')] == asked[:3]
