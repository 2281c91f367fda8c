"""From keys to a release in place, by the commands alone, as the handbook's pages tell it."""

import json

import pytest

from tests.publish.channels import PASSWORD, bundle_of
from themekit.bundle.keys import new_key, unlocked
from themekit.cli.main import run


@pytest.fixture
def keys(tmp_path, monkeypatch):
    """Secret keys in files, under cheap scrypt, with the public ones beside them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("THEMEKIT_KEY_PASSWORD", PASSWORD)
    made = {}
    for name in ("one", "two", "three", "online", "release"):
        secret, public = new_key(PASSWORD, opslimit=32_768, memlimit=16 * 1024 * 1024)
        (tmp_path / f"{name}.key").write_text(secret)
        (tmp_path / f"{name}.pub").write_text(public.to_file())
        made[name] = unlocked(secret, password=PASSWORD)
    return made


def package(folder, keys, version, **given):
    folder.mkdir(exist_ok=True)
    bundle = bundle_of(version, **given)
    (folder / bundle.name).write_bytes(bundle.content)
    signature = keys["release"].minisig(bundle.content, name=bundle.name, epoch_s=0)
    (folder / f"{bundle.name}.minisig").write_text(signature)
    return str(folder / bundle.name)


def make_channel(url):
    given = [part for name in ("one", "two", "three") for part in ("--root-key", f"{name}.pub")]
    assert 0 == run(["channel", "root", "root.json", *given, "--threshold", "2", "--online", "online.pub"])
    assert 0 == run(["channel", "sign", "root.json", "--sign", "one.key"])
    assert 1 == run(["channel", "put", "root.json", "--to", url])
    assert 0 == run(["channel", "sign", "root.json", "--sign", "two.key"])
    assert 0 == run(["channel", "put", "root.json", "--to", url])


def test_from_keys_to_a_release_in_place(keys, tmp_path, capfd):
    url = f"file://{tmp_path}/place"
    make_channel(url)
    file = package(tmp_path / "dist", keys, "1.0.0")
    assert 2 == run(["publish", file, "--to", url])
    assert "--sign KEY" in capfd.readouterr().err
    assert 0 == run(["publish", file, "--to", url, "--sign", "online.key"])
    fetch = ["fetch", url, "acme", "--into", "got"]
    assert 5 == run(fetch)
    assert "--root FILE" in capfd.readouterr().err
    assert 0 == run([*fetch, "--root", "root.json"])
    assert b"hello" == (tmp_path / "got/acme/current/site/new.txt").read_bytes()

    newer = package(tmp_path / "dist", keys, "1.1.0", text=b"newer")
    assert 0 == run(["publish", newer, "--to", url, "--sign", "online.key"])
    assert 0 == run(fetch)
    assert b"newer" == (tmp_path / "got/acme/current/site/new.txt").read_bytes()
    assert 2 == len(list((tmp_path / "got/acme/releases").iterdir()))

    assert 0 == run(["publish", newer, "--to", url, "--sign", "online.key", "--yank", "broken"])
    assert 0 == run(fetch)
    assert b"hello" == (tmp_path / "got/acme/current/site/new.txt").read_bytes()


def test_a_bundle_that_a_trusted_key_did_not_sign_is_not_unpacked(keys, tmp_path, capfd):
    url = f"file://{tmp_path}/place"
    make_channel(url)
    assert 0 == run(["publish", package(tmp_path / "dist", keys, "1.0.0"), "--to", url, "--sign", "online.key"])
    assert 4 == run(["fetch", url, "acme", "--into", "got", "--root", "root.json", "--key", "one.pub"])
    assert not (tmp_path / "got/acme/current").exists()
    assert keys["release"].public.id in capfd.readouterr().err


def test_publish_refuses_what_does_not_verify_and_other_bytes(keys, tmp_path, capfd):
    url = f"file://{tmp_path}/place"
    file = package(tmp_path / "dist", keys, "1.0.0")
    assert 0 == run(["publish", file, "--to", url])
    assert 1 == run(["publish", package(tmp_path / "dist", keys, "1.0.0", text=b"other"), "--to", url])
    assert "a version never changes" in capfd.readouterr().err
    (tmp_path / "dist/acme-1.0.0.zip").write_bytes(b"PK nonsense")
    assert 4 == run(["publish", file, "--to", url])
    assert 2 == run(["publish", package(tmp_path / "dist", keys, "2.0.0"), "--to", "nowhere"])


def said(capfd):
    """What is wrong, of a command whose standard output is one object."""
    document = json.loads(capfd.readouterr().out)
    return document, [each["code"] for each in document["diagnostics"]]


def test_programs_read_what_was_refused(keys, tmp_path, capfd):
    """Each command that publishes or fetches tells in the format it was asked for; files are told, too."""
    url, file = f"file://{tmp_path}/place", package(tmp_path / "dist", keys, "1.0.0")
    assert 0 == run(["publish", file, "--to", url, "--format", "json"])
    files = [{"name": f"acme/acme-1.0.0.zip{ending}", "state": "published"} for ending in ("", ".minisig")]
    assert files == said(capfd)[0]["files"]
    other = package(tmp_path / "dist", keys, "1.0.0", text=b"other")
    assert 1 == run(["publish", other, "--to", url, "--format", "json"])
    assert ["publish-refused"] == said(capfd)[1]
    assert 5 == run(["fetch", url, "acme", "--format", "json"])
    assert ["fetch-refused"] == said(capfd)[1]
    (tmp_path / "blocked").write_text("no folder")
    assert 5 == run(["publish", file, "--to", f"file://{tmp_path}/blocked/place", "--format", "json"])
    assert ["place-failed"] == said(capfd)[1]


def test_a_brand_with_a_key_of_its_own(keys, tmp_path, capfd):
    """The online key alone cannot publish it; another brand's publication leaves it as it is."""
    url = f"file://{tmp_path}/place"
    make_channel(url)
    publish = ["publish", "--to", url, "--sign", "online.key"]
    first = package(tmp_path / "dist", keys, "1.0.0")
    assert 2 == run([*publish, first, "--brand-key", "one.key"])
    assert 1 == run([*publish, first, "--brand-key", "volt=one.key"])
    assert 0 == run([*publish, first, "--brand-key", "acme=three.key"])
    second = package(tmp_path / "dist", keys, "1.1.0", text=b"newer")
    capfd.readouterr()
    assert 1 == run([*publish, second, "--format", "json"])
    assert ["channel-refused"] == said(capfd)[1]
    assert not (tmp_path / "place/acme/acme-1.1.0.zip").exists()
    assert 1 == run([*publish, second, "--brand-key", "acme=one.key", "--brand-key", "nobody=two.key"])
    assert 0 == run([*publish, package(tmp_path / "dist", keys, "1.0.0", brand="volt")])
    assert 0 == run([*publish, "--renew"])
    assert 0 == run(["fetch", url, "acme", "--into", "got", "--root", "root.json"])
    assert b"hello" == (tmp_path / "got/acme/current/site/new.txt").read_bytes()


def test_a_brands_key_comes_from_variables_of_its_own(keys, tmp_path, monkeypatch):
    url = f"file://{tmp_path}/place"
    make_channel(url)
    secret, _ = new_key("another", opslimit=32_768, memlimit=16 * 1024 * 1024)
    monkeypatch.setenv("THEMEKIT_SIGNING_KEY", (tmp_path / "online.key").read_text())
    given = ["publish", package(tmp_path / "dist", keys, "1.0.0"), "--to", url, "--sign", "env", "--brand-key"]
    assert 2 == run([*given, "acme=env"])
    monkeypatch.setenv("THEMEKIT_SIGNING_KEY_ACME", secret)
    assert 2 == run([*given, "acme=env"])
    monkeypatch.setenv("THEMEKIT_KEY_PASSWORD_ACME", "another")
    assert 0 == run([*given, "acme=env"])


def test_tokens_and_the_report(keys, tmp_path, capfd):
    url = f"file://{tmp_path}/place"
    assert 0 == run(["publish", package(tmp_path / "dist", keys, "1.0.0"), "--to", url])
    capfd.readouterr()
    assert 0 == run(["downloads", "token", "new", "Acme Inc", "--brand", "acme"])
    token = capfd.readouterr().out.strip()
    assert 0 == run(["downloads", "token", "list"])
    listed = capfd.readouterr().out
    assert "active" in listed
    assert token not in listed
    assert 2 == run(["downloads", "token", "link", token.split("_")[1], "volt/x.zip"])
    assert 0 == run(["report", "adoption", "place", "--format", "json"])
    report = json.loads(capfd.readouterr().out)
    assert (["acme"], [], ["Acme Inc"]) == (
        report["brands"]["published"],
        report["brands"]["live"],
        report["partners"]["known"],
    )
    assert 0 == run(["downloads", "token", "revoke", "Acme Inc"])
    assert 2 == run(["downloads", "token", "revoke", "Acme Inc"])
    assert 0 == run(["downloads", "log"])
    capfd.readouterr()
    (tmp_path / ".themekit-downloads/downloads.jsonl").write_text("nonsense\n")
    assert 1 == run(["downloads", "log", "--format", "json"])
    (fault, *_) = json.loads(capfd.readouterr().out)["diagnostics"]
    assert ("download-log", ".themekit-downloads/downloads.jsonl", 1) == (fault["code"], fault["path"], fault["line"])
    (tmp_path / ".themekit-downloads/downloads.jsonl").unlink()
    assert "*\n" == (tmp_path / ".themekit-downloads/.gitignore").read_text()
    (tmp_path / ".themekit-downloads").chmod(0o755)
    assert 2 == run(["downloads", "token", "list"])
