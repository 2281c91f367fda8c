"""The log tells whatever was changed, removed, added or moved, and at which line; nothing is added to a broken one."""

import io
import json
import os
import threading

import pytest
from admin_actors import CHEAP, PASSWORD
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from themekit.cli.main import run
from themekit.studio.admin.audit_log import AuditBroken, AuditLog, Entry, Head, faults_in, record_in
from themekit.studio.admin.keeping import NotPrivate, kept_folder
from themekit.studio.admin.users import Role, Users


@pytest.fixture
def filled(log, kept):
    """Six records."""
    for number in range(1, 7):
        log.append(Entry("ada", "draft-saved", "acme", after=f"{number:064x}", reason=f"the {number}th"))
    return kept / "audit.jsonl"


def lines_of(path):
    return path.read_bytes().splitlines(keepends=True)


def test_each_record_has_the_digest_of_the_one_before(log, filled):
    records = log.records()
    assert [1, 2, 3, 4, 5, 6] == [record.number for record in records]
    assert ["0" * 64, *(record.digest for record in records[:-1])] == [record.previous for record in records]
    assert () == log.faults()
    assert 0o600 == filled.stat().st_mode & 0o777


def test_a_record_is_given_back_as_it_was_written(log):
    entry = Entry("ada", "published", "acme", "a" * 64, "b" * 64, 'because of "ü"\nand \u2028 more')
    written = log.append(entry)
    assert (written, entry) == (log.records()[0], written.entry)
    assert written.time.endswith("+00:00")


@pytest.mark.parametrize("number", range(1, 7))
def test_a_changed_record_is_named(log, filled, number):
    lines = lines_of(filled)
    lines[number - 1] = lines[number - 1].replace(b'"actor":"ada"', b'"actor":"eve"')
    filled.write_bytes(b"".join(lines))
    assert [number] == [fault.line for fault in log.faults()]


@pytest.mark.parametrize("number", range(1, 7))
def test_a_removed_record_is_missed(log, filled, number):
    lines = lines_of(filled)
    del lines[number - 1]
    filled.write_bytes(b"".join(lines))
    assert [number] == [fault.line for fault in log.faults()]
    assert "removed" in log.faults()[0].text


@pytest.mark.parametrize("number", range(1, 6))
def test_two_records_in_each_other_s_place_are_named(log, filled, number):
    lines = lines_of(filled)
    lines[number - 1], lines[number] = lines[number], lines[number - 1]
    filled.write_bytes(b"".join(lines))
    assert number in [fault.line for fault in log.faults()]


@pytest.mark.parametrize("kept_lines", range(6))
def test_an_end_that_is_cut_off_is_missed(log, filled, kept_lines):
    filled.write_bytes(b"".join(lines_of(filled)[:kept_lines]))
    (fault,) = log.faults()
    assert (kept_lines + 1, True) == (fault.line, "removed" in fault.text)


def test_half_a_record_is_named(log, filled):
    filled.write_bytes(filled.read_bytes()[:-5])
    assert 6 == log.faults()[0].line


@pytest.mark.usefixtures("filled")
def test_a_missing_anchor_is_told(log, kept):
    (kept / "audit.head").unlink()
    assert "`audit.head` is missing" in log.faults()[0].text


def test_a_forged_end_with_its_digests_made_anew_is_missed_by_the_noted_head(log, filled, kept):
    """Whoever can write both files fools the chain, and not a digest that was noted elsewhere."""
    noted = log.records()[-1].digest
    lines = lines_of(filled)[:5]
    filled.write_bytes(b"".join(lines))
    (kept / "audit.head").write_text(f"5 {record_in(lines[-1].strip()).digest}\n", encoding="ascii")
    log.append(Entry("eve", "published", "acme"))
    assert () == log.faults()
    assert noted in log.faults(noted=noted)[0].text


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_a_byte_goes_unseen(data, tmp_path_factory):
    folder = kept_folder(tmp_path_factory.mktemp("log"))
    log = AuditLog(folder)
    for number in range(3):
        log.append(Entry("ada", "published", "acme", reason=str(number)))
    content = log.content()
    at = data.draw(st.integers(0, len(content) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda value: value != content[at]))
    changed = content[:at] + bytes([byte]) + content[at + 1 :]
    assert faults_in(changed, log.head())


def test_nothing_is_added_to_a_log_that_was_cut(log, filled):
    filled.write_bytes(b"".join(lines_of(filled)[:3]))
    with pytest.raises(AuditBroken):
        log.append(Entry("ada", "published"))
    filled.write_bytes(b"")
    with pytest.raises(AuditBroken):
        log.append(Entry("ada", "published"))


@pytest.mark.usefixtures("filled")
def test_nothing_is_added_to_a_log_without_its_anchor(log, kept):
    (kept / "audit.head").unlink()
    with pytest.raises(AuditBroken):
        log.append(Entry("ada", "published"))


@pytest.mark.usefixtures("filled")
def test_a_record_whose_writer_was_interrupted_is_continued_in_plain_sight(log, kept):
    before = log.records()[-2]
    (kept / "audit.head").write_text(f"{before.number} {before.digest}\n", encoding="ascii")
    assert [6] == [fault.line for fault in log.faults()]
    log.append(Entry("ada", "published"))
    assert ["draft-saved", "head-repaired", "published"] == [each.entry.action for each in log.records()[-3:]]
    assert () == log.faults()


def test_a_disk_that_is_full_leaves_no_half_record(log, filled, monkeypatch):
    before = filled.read_bytes()
    real = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, data[:10]))
    with pytest.raises(Exception, match="10 of"):
        log.append(Entry("ada", "published"))
    monkeypatch.undo()
    assert before == filled.read_bytes()
    assert () == log.faults()


def test_writers_at_once_make_one_chain(kept):
    def write(name):
        for _ in range(10):
            AuditLog(kept).append(Entry(name, "published"))

    threads = [threading.Thread(target=write, args=(f"user{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 40 == len(AuditLog(kept).records())
    assert () == AuditLog(kept).faults()


def test_a_log_that_others_can_write_is_not_used(log, filled):
    filled.chmod(0o666)
    with pytest.raises(NotPrivate):
        log.append(Entry("ada", "published"))


def test_an_empty_log_has_no_fault():
    assert () == faults_in(b"", None)
    assert [1] == [fault.line for fault in faults_in(b"", Head(3, "x"))]


@pytest.fixture
def project(tmp_path):
    (tmp_path / "brands").mkdir()
    return tmp_path


def test_the_command_prints_and_verifies(project, filled, capsys):
    assert 0 == run(["audit", "log", "--verify", "--project", str(project)])
    shown = capsys.readouterr().out
    assert "ada draft-saved acme nothing → 000000000000: the 1th" in shown
    assert "verified 6 records" in shown
    assert AuditLog(filled.parent).records()[-1].digest in shown


def test_the_command_names_file_and_line(project, filled, capsys):
    filled.write_bytes(b"".join(lines_of(filled)[1:]))
    assert 1 == run(["audit", "log", "--verify", "--project", str(project)])
    assert ".themekit/audit.jsonl:1:1: error[audit-log]: record 2 is the first" in capsys.readouterr().err
    assert 1 == run(["audit", "log", "--verify", "--format", "json", "--project", str(project)])
    value = json.loads(capsys.readouterr().out)
    assert (False, [1], 5) == (value["verified"], [each["line"] for each in value["faults"]], len(value["records"]))


@pytest.mark.usefixtures("filled")
def test_the_command_without_verify_says_nothing_of_it(project, capsys):
    assert 0 == run(["audit", "log", "--format", "json", "--project", str(project)])
    assert json.loads(capsys.readouterr().out)["verified"] is None
    assert 2 == run(["audit", "log", "--head", "x", "--project", str(project)])


@pytest.fixture
def typed(monkeypatch):
    """What stands on stdin, which is no terminal."""
    return lambda text: monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def test_users_are_added_and_removed_on_the_command_line_and_that_is_logged(project, typed, capsys, monkeypatch):
    monkeypatch.setattr(Users.__init__, "__kwdefaults__", {"cost": CHEAP})
    add = ["gateway", "admin", "user", "add", "ada", "--role", "author", "--role", "publisher"]
    typed(f"{PASSWORD}\n")
    assert 0 == run([*add, "--project", str(project)])
    kept = project / ".themekit"
    assert Users(kept).check("ada", PASSWORD) is not None
    typed("short\n")
    assert 2 == run([*add, "--project", str(project)])
    assert 0 == run(["gateway", "admin", "user", "list", "--project", str(project)])
    assert "ada: author, publisher\n" == capsys.readouterr().out
    assert 0 == run(["gateway", "admin", "user", "remove", "ada", "--project", str(project)])
    assert 2 == run(["gateway", "admin", "user", "remove", "ada", "--project", str(project)])
    assert ["user-added", "user-removed"] == [record.entry.action for record in AuditLog(kept).records()]
    assert PASSWORD.encode() not in AuditLog(kept).content()


def test_a_long_log_is_continued_by_its_end(log, kept):
    for number in range(60):
        log.append(Entry("ada", "published", "acme", reason=f"{number} " + "\u2028" * 1990))
    assert (kept / "audit.jsonl").stat().st_size > 600_000
    assert () == log.faults()
    before = log.records()[-2]
    (kept / "audit.head").write_text(f"{before.number} {before.digest}\n", encoding="ascii")
    log.append(Entry("ada", "published"))
    assert () == log.faults()


def test_a_log_that_is_gone_is_missed_while_there_are_users(project, users, capsys):
    """With its head it was gone for good: an empty log had no fault, and the next record began a new one."""
    log = AuditLog(project / ".themekit")
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    log.append(Entry("command line", "user-added", reason="ada: author"))
    log.append(Entry("ada", "published", "acme"))
    assert () == log.faults()
    copies = {name: (project / ".themekit" / name).read_bytes() for name in ("audit.jsonl", "audit.head")}
    for name in copies:
        (project / ".themekit" / name).unlink()
    assert ["`audit.jsonl` is gone"] == [fault.text.split(" although")[0] for fault in log.faults()]
    assert 1 == run(["audit", "log", "--verify", "--project", str(project)])
    assert ".themekit/audit.jsonl:1:1: error[audit-log]: `audit.jsonl` is gone" in capsys.readouterr().err
    with pytest.raises(AuditBroken, match="bring it back"):
        log.append(Entry("ada", "logged-in"))
    for name, content in copies.items():
        (project / ".themekit" / name).write_bytes(content)
        (project / ".themekit" / name).chmod(0o600)
    log.append(Entry("ada", "logged-in"))
    assert () == log.faults()


def test_a_log_that_was_begun_anew_is_told_from_the_one_that_users_know(kept, users, log):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    log.append(Entry("command line", "user-added"))
    (kept.parent / "other").mkdir()
    other = kept_folder(kept.parent / "other")
    AuditLog(other).append(Entry("eve", "published"))
    for name in ("audit.jsonl", "audit.head"):
        (kept / name).write_bytes((other / name).read_bytes())
    assert "begun anew" in log.faults()[0].text
    users.put("ben", PASSWORD, roles=(Role.AUTHOR,))
    assert users.remove("ada")
    assert "begun anew" in log.faults()[0].text


def test_a_log_of_before_there_were_notes_is_noted_with_its_next_record(users, log):
    log.append(Entry("command line", "user-added"))
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    assert ("", ()) == (users.log_start(), log.faults())
    log.append(Entry("ada", "logged-in"))
    assert log.records()[0].digest == users.log_start()


def test_users_without_any_log_are_told(users, log):
    users.put("ada", PASSWORD, roles=(Role.AUTHOR,))
    assert "is gone although there are users" in log.faults()[0].text
