"""Which provider sends users: settings as they are given, kept and read; whom it has sent; and requests with bounds."""

import json
import os
import re
import time
from dataclasses import replace

import pytest
from oidc_provider import dripping_server

from themekit.cli.main import run as run_command
from themekit.studio.admin.audit_log import AuditLog
from themekit.studio.admin.keeping import NotPrivate, kept_folder
from themekit.studio.admin.oidc.accounts import Accounts, BrokenAccounts
from themekit.studio.admin.oidc.fetching import NoAnswer, address_fault, fetch
from themekit.studio.admin.oidc.settings import BrokenSettings, OidcSettings, SettingsFile, settings_faults
from themekit.studio.admin.people import People
from themekit.studio.admin.users import Role, Users

SETTINGS = OidcSettings(
    "https://id.example/realm",
    "studio",
    "groups",
    ((Role.AUTHOR, ("writers",)), (Role.PUBLISHER, ("admins", "owners"))),
    "env:STUDIO_SECRET",
    ("openid", "profile", "groups"),
)
SET = (
    "gateway admin oidc set --issuer https://id.example --client-id studio --client-secret env:STUDIO_SECRET "
    "--claim groups --role author=writers --role publisher=the=admins --role author=all --scope groups --label Example"
).split()


@pytest.fixture
def file(kept):
    return SettingsFile(kept)


@pytest.fixture
def accounts(kept, file):
    file.write(SETTINGS)
    return Accounts(kept)


def admit(accounts, subject, *, preferred="", roles=(Role.AUTHOR,), settings=SETTINGS):
    return accounts.admit(settings, subject, preferred=preferred, roles=roles, note=lambda _: None)


# Settings


def test_settings_are_read_as_they_were_written_for_one_alone(file, kept):
    file.write(SETTINGS)
    assert SETTINGS == file.read()
    assert 0o600 == (kept / "oidc.json").stat().st_mode & 0o777
    assert file.remove()
    assert not file.remove()
    assert file.read() is None


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"issuer": "http://id.example"}, "the issuer must begin with `https://`"),
        ({"issuer": "https://id.example/?x=1"}, "the issuer must have no user, query or fragment"),
        ({"issuer": "https://ann@id.example"}, "the issuer must have no user, query or fragment"),
        ({"issuer": "https://[::1"}, "the issuer is no address"),
        ({"issuer": "id.example"}, "the issuer is no address"),
        ({"issuer": "https://id.example/" + "x" * 2000}, "the issuer is no address"),
        ({"client_id": ""}, "the id of the client is 1 to 200 printable characters"),
        ({"client_id": "a\nb"}, "the id of the client is 1 to 200 printable characters"),
        ({"secret": "hunter2"}, "the secret of the client is a reference, `env:NAME`: keep the secret itself"),
        ({"secret": "env:A B"}, "the secret of the client is a reference"),
        ({"claim": " groups"}, "the claim is 1 to 200 printable characters"),
        ({"roles": ()}, "no value of the claim gives a role"),
        ({"roles": ((Role.AUTHOR, ("",)),)}, "a value of the claim is 1 to 200 printable characters"),
        ({"roles": ((Role.AUTHOR, ("x",) * 101),)}, "at most 100 values give roles"),
        ({"scopes": ("profile",)}, "the scope `openid` is missing"),
        ({"scopes": ("openid", "a b")}, "a scope is up to 100 ASCII characters"),
        ({"scopes": ("openid",) * 101}, "at most 100 scopes are asked for"),
        ({"name": "x" * 61}, "the name is at most 60 printable characters"),
    ],
)
def test_settings_that_cannot_be_are_not_kept(file, changes, fault):
    with pytest.raises(ValueError, match=re.escape(fault)):
        file.write(replace(SETTINGS, **changes))
    assert file.read() is None


def test_all_faults_are_told_at_once():
    assert 3 == len(settings_faults(replace(SETTINGS, issuer="x", client_id="", claim="")))


@pytest.mark.parametrize("address", ["http://127.0.0.1:8080/x", "http://localhost", "http://[::1]:1/"])
def test_on_this_machine_a_provider_may_be_without_tls(address):
    assert "" == address_fault(address, is_issuer=True)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 1', '"version": 2'),
        ('"author"', '"root"'),
        ("https://", "http://"),
        ('"groups",', "7,"),
        ("env:STUDIO_SECRET", "hunter2"),
        ("{", "["),
        ("{", '{"a":' * 5000),
    ],
)
def test_a_file_that_we_did_not_write_is_refused(file, kept, old, new):
    file.write(SETTINGS)
    text = (kept / "oidc.json").read_text(encoding="utf-8")
    assert old in text
    (kept / "oidc.json").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenSettings) as raised:
        file.read()
    assert "hunter2" not in str(raised.value)


def test_a_file_that_others_can_write_is_not_used(file, kept):
    file.write(SETTINGS)
    (kept / "oidc.json").chmod(0o620)
    with pytest.raises(NotPrivate, match="chmod 600"):
        file.read()


def test_what_grants_roles_has_a_digest_and_what_is_only_shown_has_not():
    assert SETTINGS.digest == replace(SETTINGS, name="other", secret="", scopes=("openid",)).digest
    for changes in ({"issuer": "https://x.example"}, {"client_id": "x"}, {"claim": "x"}, {"roles": SETTINGS.roles[:1]}):
        assert SETTINGS.digest != replace(SETTINGS, **changes).digest


# Whom it has sent


def test_somebody_is_known_by_the_subject(accounts):
    assert "oidc:ann" == admit(accounts, "1", preferred="ann").name
    assert "oidc:ann" == admit(accounts, "1", preferred="bob", roles=(Role.PUBLISHER,)).name
    assert [("oidc:ann", (Role.PUBLISHER,))] == [(each.name, each.roles) for each in accounts.all()]


def test_a_name_is_not_free_when_its_owner_was_taken_out(accounts):
    admit(accounts, "1", preferred="ann")
    assert accounts.remove("oidc:ann")
    assert () == accounts.all()
    with pytest.raises(ValueError, match="another account's name"):
        admit(accounts, "2", preferred="ann")
    assert "oidc:ann" == admit(accounts, "1", preferred="somebody").name


def test_a_subject_that_is_another_s_username_is_no_second_name(accounts):
    admit(accounts, "1", preferred="2")
    with pytest.raises(ValueError, match="another account's name"):
        admit(accounts, "2")


@pytest.mark.parametrize("subject", ["a b", "ä", "<x>", "`", "x" * 129])
def test_somebody_without_a_name_that_can_be_shown_is_not_let_in(accounts, subject):
    with pytest.raises(ValueError, match="can be shown"):
        admit(accounts, subject)


def test_another_issuer_begins_anew(accounts, file):
    admit(accounts, "1", preferred="ann")
    other = replace(SETTINGS, issuer="https://other.example")
    file.write(other)
    assert () == accounts.all()
    assert "oidc:ann" == admit(accounts, "7", preferred="ann", settings=other).name


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 1', '"version": 2'),
        ('"author"', '"root"'),
        ('"oidc:ann"', '"ann"'),
        ('"oidc:ann"', '"oidc:"'),
        ('"subject": "1"', '"subject": 1'),
        ("{", "["),
        ('"users": [', '"users": [{"subject":"1","name":"oidc:b","roles":["author"],"grantedBy":"x"},'),
    ],
)
def test_a_file_of_accounts_that_we_did_not_write_is_refused(accounts, kept, old, new):
    admit(accounts, "1", preferred="ann")
    path = kept / "oidc-users.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenAccounts):
        accounts.all()


def test_people_are_those_of_both_kinds(accounts, users):
    local = users.put("ann", "a long password", roles=(Role.AUTHOR,))
    theirs = admit(accounts, "1", preferred="ann")
    people = People(users, accounts)
    assert (local, theirs) == people.all()
    assert (local, theirs, None) == (people.find("ann"), people.find("oidc:ann"), people.find("oidc:bob"))
    assert users.check("oidc:ann", "") is None


def test_a_log_that_is_gone_is_missed_where_only_a_provider_sends_users(accounts, kept, log):
    admit(accounts, "1")
    assert log.append(entry_of("oidc:1")).digest == Users(kept).log_start()
    (kept / "audit.jsonl").unlink()
    assert log.faults()


def entry_of(name):
    from themekit.studio.admin.audit_log import Entry

    return Entry(name, "logged-in")


# The command


@pytest.fixture
def run(tmp_path, capsys):
    (tmp_path / "brands").mkdir()

    def command(*words):
        status = run_command([*words, "--project", str(tmp_path)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def test_the_command_sets_shows_and_takes_out(run, tmp_path):
    status, _, said = run(*SET)
    assert 0 == status, said
    assert "/oidc" in said
    settings = SettingsFile(kept_folder(tmp_path)).read()
    assert ((Role.AUTHOR, ("writers", "all")), (Role.PUBLISHER, ("the=admins",))) == settings.roles
    assert (("openid", "profile", "groups"), "Example") == (settings.scopes, settings.shown)
    shown = run("gateway", "admin", "oidc", "show")[1]
    assert "issuer: https://id.example\n" in shown
    assert "author: writers, all\n" in shown
    assert "secret: env:STUDIO_SECRET\n" in shown
    assert 0 == run("gateway", "admin", "oidc", "remove")[0]
    assert 2 == run("gateway", "admin", "oidc", "remove")[0]
    assert "no provider" in run("gateway", "admin", "oidc", "show")[2]
    log = AuditLog(kept_folder(tmp_path))
    assert ["oidc-set", "oidc-removed"] == [each.entry.action for each in log.records()]
    assert () == log.faults()


def test_the_secret_itself_is_neither_taken_nor_said(run, tmp_path):
    words = [word.replace("env:STUDIO_SECRET", "hunter2") for word in SET]
    status, out, said = run(*words)
    assert 2 == status
    assert "env:NAME" in said
    assert "hunter2" not in out + said
    assert not (tmp_path / ".themekit" / "oidc.json").exists()


def test_a_role_that_is_none_is_said(run):
    status, _, said = run(*SET, "--role", "root=x")
    assert 2 == status
    assert "author, reviewer, publisher, not root" in said


def test_a_broken_file_ends_the_command_with_a_line(run, tmp_path):
    run(*SET)
    (tmp_path / ".themekit" / "oidc.json").write_text("{}", encoding="utf-8")
    status, _, said = run("gateway", "admin", "oidc", "show")
    assert 0 != status
    assert "error[admin]: `oidc.json` is not as it was written" in said


def test_users_of_both_kinds_are_listed_and_taken_out(run, tmp_path):
    run(*SET)
    kept = kept_folder(tmp_path)
    settings = SettingsFile(kept).read()
    admit(Accounts(kept), "1", preferred="ann", settings=settings)
    assert "oidc:ann: author\n" == run("gateway", "admin", "user", "list")[1]
    assert 0 == run("gateway", "admin", "user", "remove", "oidc:ann")[0]
    assert "" == run("gateway", "admin", "user", "list")[1]


# Requests with bounds


@pytest.mark.parametrize(
    "head",
    [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n", b"HTTP/1.1 200 OK\r\n\r\n"],
    ids=["status", "headers", "body", "body without an end"],
)
def test_a_server_that_sends_a_byte_now_and_then_is_left(head):
    """Each byte comes in time, and so would the next one, for ever."""
    started_s = time.monotonic()
    with dripping_server(head) as port, pytest.raises(NoAnswer, match="takes too long"):
        fetch(f"http://127.0.0.1:{port}/x", total_s=0.5)
    assert time.monotonic() - started_s < 20


def test_a_server_that_never_answers_is_left():
    started_s = time.monotonic()
    with dripping_server(pause_s=1000) as port, pytest.raises(NoAnswer, match="takes too long"):
        fetch(f"http://127.0.0.1:{port}/x", total_s=0.5)
    assert time.monotonic() - started_s < 20


@pytest.mark.parametrize(
    "address", ["http://id.example/", "ftp://127.0.0.1/", "https://", "https://a b/", "https://é.example/"]
)
def test_nothing_is_asked_elsewhere(address):
    with pytest.raises(NoAnswer, match="an address of the provider"):
        fetch(address)


@pytest.mark.parametrize(
    "text", ["[1]", "{", '"x"', "\xff", "[" * 100_000], ids=["list", "half", "text", "bytes", "deep"]
)
def test_what_is_no_json_object_is_no_answer(text):
    content = text.encode("latin-1")
    head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(content)}\r\n\r\n".encode()
    with (
        dripping_server(head + content, pause_s=1000) as port,
        pytest.raises(NoAnswer, match="other than a JSON object"),
    ):
        fetch(f"http://127.0.0.1:{port}/x")


def test_settings_name_a_variable_and_not_its_value(monkeypatch, file, kept):
    monkeypatch.setenv("STUDIO_SECRET", "hunter2")
    file.write(SETTINGS)
    assert "hunter2" == SETTINGS.secret_in(os.environ)
    assert "env:STUDIO_SECRET" == json.loads((kept / "oidc.json").read_text(encoding="utf-8"))["clientSecret"]
    assert SETTINGS.secret_in({"STUDIO_SECRET": ""}) is None
    assert "" == replace(SETTINGS, secret="").secret_in({})


def test_of_what_has_no_end_only_the_start_is_read():
    head = b"HTTP/1.1 200 OK\r\n\r\n" + b" " * (1 << 20)
    with dripping_server(head, pause_s=1000) as port, pytest.raises(NoAnswer, match="more than 256 KiB"):
        fetch(f"http://127.0.0.1:{port}/x", total_s=5)
