"""What may be published, by whom, and what is left when something goes wrong: on a project on the disk."""

import json
from dataclasses import replace

import pytest
from policy_project import OTHER, STRONGER, WEAKER, add_people, text_of, write_project

from themekit.build.project import Project
from themekit.model import BrandId
from themekit.studio.admin import releases as releases_module
from themekit.studio.admin.audit_log import AuditBroken
from themekit.studio.admin.compiling import Compiler
from themekit.studio.admin.release import Approval, BrokenState, Trial
from themekit.studio.admin.releases import NotDone, Releases
from themekit.studio.serving.answers import version_of

ACME = BrandId("acme")


class Desk:
    """A brand's releases as people use them, with attacks that were stopped unless a test says otherwise."""

    def __init__(self, root, kept, users, log):
        self.root = root
        self.kept = kept
        self.log = log
        self.users = users
        self.people = add_people(users)
        self.compiler = Compiler(root)
        self.releases = Releases(Project(root), kept, users=users, log=log, compiler=self.compiler)
        self.file = root / "brands" / "acme" / "policy.json"

    @property
    def state(self):
        return self.releases.store(ACME).state()

    def draft(self, changes, who="ann", *, text=None):
        seen = self.state.draft.digest if self.state.draft else ""
        content = (text or text_of(changes)).encode()
        return self.releases.save_draft(ACME, self.people[who], content=content, seen=seen)

    def submit(self, changes, who="ann", *, reason="asked for", is_attacked=True, text=None):
        draft = self.draft(changes, who, text=text)
        submission = self.releases.submit(ACME, self.people[who], seen=draft.digest, reason=reason)
        if is_attacked:
            self.attack(submission)
        return submission.number

    def attack(self, submission, *, stopped=3, through=0):
        new = self.releases.case(ACME, submission)[3]
        self.releases.store(ACME).put_trial(Trial(new.key, "now", "ann", stopped, through, 0))

    def change(self, number):
        return self.releases.case(ACME, self.state.submission(number))[0].change

    def approve(self, number, who="rob", *, change=None):
        change = change or self.change(number)
        return self.releases.approve(ACME, self.people[who], number=number, change=change)

    def publish(self, number, who="pam", *, change=None, seen=None):
        change = change or self.change(number)
        seen = self.version if seen is None else seen
        return self.releases.publish(ACME, self.people[who], number=number, change=change, seen=seen)

    @property
    def version(self):
        return version_of(self.file.read_bytes()) if self.file.exists() else ""

    @property
    def actions(self):
        return [record.entry.action for record in self.log.records()]


@pytest.fixture
def root(tmp_path):
    write_project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def kept(root):
    from themekit.studio.admin.keeping import kept_folder

    return kept_folder(root)


@pytest.fixture
def desk(root, kept, users, log):
    return Desk(root, kept, users, log)


def refused(error, work, *arguments, **options):
    with pytest.raises(NotDone) as caught:
        work(*arguments, **options)
    assert error in [each.error for each in caught.value.obstacles]
    return caught.value


def test_a_stronger_policy_is_published_by_a_publisher_alone(desk):
    number = desk.submit(STRONGER, reason="")
    version = desk.publish(number)
    assert text_of(STRONGER) == desk.file.read_text(encoding="utf-8")
    assert (2, "pam", "published") == (version.number, version.actor, desk.state.submission(number).progress)
    assert ["", "pam"] == [each.actor for each in desk.state.versions]
    assert ["draft-saved", "submitted", "published"] == desk.actions
    entry = desk.log.records()[-1].entry
    assert (desk.state.versions[0].digest, version.digest) == (entry.before, entry.after)


def test_a_weaker_policy_needs_another_person(desk):
    number = desk.submit(WEAKER)
    before = desk.file.read_bytes()
    refused("approval-needed", desk.publish, number)
    assert before == desk.file.read_bytes()
    desk.approve(number)
    desk.publish(number)
    assert text_of(WEAKER) == desk.file.read_text(encoding="utf-8")


def test_a_publisher_approves_as_well_and_then_publishes(desk):
    number = desk.submit(WEAKER)
    desk.approve(number, "pam")
    assert 2 == desk.publish(number, "pam").number


def test_nobody_approves_their_own_work_whatever_their_roles(desk):
    number = desk.submit(WEAKER, "all")
    refused("own-work", desk.approve, number, "all")
    refused("approval-needed", desk.publish, number, "all")
    desk.approve(number, "two")
    assert 2 == desk.publish(number, "all").number


def test_everyone_who_saved_the_draft_wrote_it(desk):
    """Also whose text is no longer in it, and also who only submits."""
    desk.draft(STRONGER, "two")
    desk.draft(WEAKER, "ann")
    submission = desk.releases.submit(ACME, desk.people["all"], seen=desk.state.draft.digest, reason="asked for")
    assert ("two", "ann", "all") == submission.authors
    for who in ("two", "all"):
        refused("own-work", desk.approve, submission.number, who)
    desk.approve(submission.number, "rob")


def test_a_weaker_policy_needs_a_reason(desk):
    draft = desk.draft(WEAKER)
    refused("reason-needed", desk.releases.submit, ACME, desk.people["ann"], seen=draft.digest, reason="  ")


def test_a_reason_is_needed_also_if_the_change_came_to_weaken_later(desk):
    number = desk.submit(STRONGER, reason="")
    desk.file.write_text(text_of(OTHER), encoding="utf-8")  # by other means: now 512 is more than what is there
    refused("reason-needed", desk.publish, number)


@pytest.mark.parametrize("role", ["author", "removed"])
def test_an_approval_counts_only_while_its_giver_may_give_it(desk, role):
    from themekit.studio.admin.users import Role

    number = desk.submit(WEAKER)
    desk.approve(number)
    if role == "removed":
        desk.users.remove("rob")
    else:
        desk.users.put("rob", "another long password", roles=(Role.AUTHOR,))
    refused("approval-needed", desk.publish, number)


def test_an_approval_is_for_one_change_only(desk):
    """The text is the same; the file that it replaces is another one by now, so the change is another one."""
    number = desk.submit(WEAKER)
    approved = desk.change(number)
    desk.approve(number)
    desk.file.write_text(text_of(OTHER), encoding="utf-8")
    stale = refused("changed-meanwhile", desk.publish, number, change=approved)
    assert stale.is_stale
    refused("approval-needed", desk.publish, number)


def test_an_approval_cannot_be_given_to_another_change(desk):
    one, other = desk.submit(WEAKER), desk.submit({**WEAKER, **STRONGER})
    refused("changed-meanwhile", desk.approve, other, change=desk.change(one))
    assert () == desk.state.submission(other).approvals


def test_an_approval_does_not_outlive_a_change_of_what_the_policy_extends(desk, root):
    """The file is the same to the byte; what it means is not."""
    (root / "brands" / "_shared").mkdir(exist_ok=True)
    base = root / "brands" / "_shared" / "policy.json"
    base.write_text(text_of(), encoding="utf-8")
    text = json.dumps({"extends": "../_shared/policy.json", "maxBodyBytes": 4096})
    number = desk.submit((), text=text)
    approved = desk.change(number)
    desk.approve(number)
    base.write_text(text_of(WEAKER), encoding="utf-8")
    assert approved != desk.change(number)
    found = refused("approval-needed", desk.publish, number)
    assert "not-attacked" in [each.error for each in found.obstacles]


def test_nothing_is_published_that_was_not_attacked(desk):
    number = desk.submit(STRONGER, is_attacked=False)
    refused("not-attacked", desk.publish, number)
    desk.attack(desk.state.submission(number))
    desk.publish(number)


@pytest.mark.parametrize(("stopped", "through"), [(5, 1), (0, 0)])
def test_nothing_is_published_through_which_an_attack_got(desk, stopped, through):
    number = desk.submit(STRONGER, is_attacked=False)
    desk.attack(desk.state.submission(number), stopped=stopped, through=through)
    refused("attack-got-through", desk.publish, number)


def test_a_trial_of_one_text_is_none_of_another(desk):
    desk.submit(STRONGER)
    refused("not-attacked", desk.publish, desk.submit(OTHER, is_attacked=False))


def test_a_policy_with_errors_is_not_submitted(desk):
    draft = desk.draft({"upstream": None})
    refused("has-errors", desk.releases.submit, ACME, desk.people["ann"], seen=draft.digest, reason="x")


def test_a_policy_that_comes_to_have_errors_is_not_published(desk, root):
    number = desk.submit(STRONGER)
    (root / "docs_src" / "api" / "openapi.yaml").write_text("openapi: 3.1.0\npaths: {}\n", encoding="utf-8")
    refused("has-errors", desk.publish, number)


def test_a_draft_is_saved_over_no_other(desk):
    first = desk.draft(STRONGER)
    save = desk.releases.save_draft
    stale = refused("changed-meanwhile", save, ACME, desk.people["all"], content=b"{}", seen="")
    assert stale.is_stale
    refused("changed-meanwhile", save, ACME, desk.people["all"], content=b"{}", seen="0" * 64)
    assert first == desk.state.draft


def test_a_policy_is_published_over_no_other(desk):
    number = desk.submit(STRONGER)
    seen = desk.version
    desk.file.write_text(text_of(OTHER), encoding="utf-8")
    assert refused("changed-meanwhile", desk.publish, number, seen=seen).is_stale
    assert text_of(OTHER) == desk.file.read_text(encoding="utf-8")


def test_a_submission_is_published_once(desk):
    number = desk.submit(STRONGER)
    change = desk.change(number)
    desk.publish(number)
    refused("not-open", desk.publish, number, change=change)


def test_what_is_withdrawn_is_neither_approved_nor_published(desk):
    number = desk.submit(WEAKER)
    change = desk.change(number)
    desk.releases.withdraw(ACME, desk.people["ann"], number=number)
    refused("not-open", desk.approve, number, change=change)
    refused("not-open", desk.publish, number, change=change)
    refused("unknown-submission", desk.publish, 99, change=change)


def test_the_first_policy_weakens_as_nothing_was_let_through_before(desk):
    desk.file.unlink()
    number = desk.submit(())
    refused("approval-needed", desk.publish, number)
    desk.approve(number)
    assert 1 == desk.publish(number).number
    assert text_of() == desk.file.read_text(encoding="utf-8")


def test_a_broken_policy_cannot_be_compared_and_so_counts_as_stronger_than_the_new(desk):
    number = desk.submit(STRONGER)
    desk.file.write_text("{", encoding="utf-8")
    refused("approval-needed", desk.publish, number)


def test_going_back_is_judged_like_any_change(desk):
    desk.publish(desk.submit(STRONGER))
    restore = desk.releases.restore
    refused("reason-needed", restore, ACME, desk.people["pam"], number=1, reason="")
    weaker = restore(ACME, desk.people["pam"], number=1, reason="clients send more")
    desk.attack(weaker)
    refused("own-work", desk.approve, weaker.number, "pam")
    refused("approval-needed", desk.publish, weaker.number)
    desk.approve(weaker.number)
    version = desk.publish(weaker.number)
    assert (3, 1) == (version.number, version.restores)
    assert text_of() == desk.file.read_text(encoding="utf-8")
    stronger = restore(ACME, desk.people["pam"], number=2, reason="")
    assert text_of(STRONGER) != desk.file.read_text(encoding="utf-8")
    desk.publish(stronger.number)  # the attacks on this text and meaning were stopped before
    assert text_of(STRONGER) == desk.file.read_text(encoding="utf-8")
    assert ["rolled-back", "rollback-submitted", "rolled-back"] == desk.actions[-3:]
    refused("unknown-version", restore, ACME, desk.people["pam"], number=9, reason="")


def test_what_was_written_by_other_means_becomes_a_version_to_go_back_to(desk):
    desk.publish(desk.submit(STRONGER))
    desk.file.write_text(text_of({"maxBodyBytes": 300}), encoding="utf-8")
    desk.publish(desk.submit(OTHER))
    assert ["", "pam", "", "pam"] == [each.actor for each in desk.state.versions]
    assert text_of({"maxBodyBytes": 300}).encode() == desk.releases.store(ACME).text(desk.state.versions[2].digest)


@pytest.mark.parametrize("has_policy", [True, False])
def test_what_is_read_back_must_be_what_was_written(desk, monkeypatch, has_policy):
    """A disk, or somebody, puts another text in its place: then all is as it was."""
    if not has_policy:
        desk.file.unlink()
    before = desk.file.read_bytes() if has_policy else None
    number = desk.submit(WEAKER)
    desk.approve(number)
    real = releases_module.put_in_place
    calls = []

    def spoiled(root, path, *, old, new):
        calls.append(new)
        spoilt = new.replace(b"512", b"513").replace(b"payments:write", b"payments:w") if len(calls) == 1 else new
        real(root, path, old=old, new=spoilt)

    monkeypatch.setattr(releases_module, "put_in_place", spoiled)
    refused("read-back", desk.publish, number)
    assert before == (desk.file.read_bytes() if desk.file.exists() else None)
    assert ["published", "publishing-undone"] == desk.actions[-2:]
    assert "open" == desk.state.submission(number).progress


def test_what_cannot_be_written_is_told(desk):
    number = desk.submit(STRONGER)
    target = desk.file.with_name("other.json")
    desk.file.rename(target)
    desk.file.symlink_to(target.name)
    refused("not-written", desk.publish, number)
    assert text_of() == target.read_text(encoding="utf-8")


def test_nothing_is_done_that_cannot_be_written_down(desk, kept):
    number = desk.submit(STRONGER)
    before = desk.file.read_bytes()
    (kept / "audit.head").unlink()
    with pytest.raises(AuditBroken):
        desk.publish(number)
    assert before == desk.file.read_bytes()
    assert "open" == desk.state.submission(number).progress


def test_a_kept_text_that_was_changed_is_not_published(desk, kept):
    number = desk.submit(STRONGER)
    path = kept / "policies" / "acme" / f"policy-{desk.state.submission(number).digest}.json"
    path.write_text(text_of(WEAKER), encoding="utf-8")
    path.chmod(0o600)
    with pytest.raises(BrokenState):
        desk.publish(number, change="x")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"version": 1', '"version": 7'),
        ('"progress": "open"', '"progress": "approved"'),
        ('"number": 1', '"number": "1"'),
        ("{", ""),
    ],
)
def test_a_state_that_we_did_not_write_is_refused(desk, kept, old, new):
    desk.submit(STRONGER)
    path = kept / "policies" / "acme" / "state.json"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenState):
        assert desk.state


def test_what_is_kept_is_for_the_user_alone(desk, kept):
    desk.submit(STRONGER)
    modes = {path.stat().st_mode & 0o077 for path in kept.rglob("*") if "locks" not in path.parts}
    assert {0} == modes


def test_too_much_is_not_kept(desk):
    save = desk.releases.save_draft
    refused("too-large", save, ACME, desk.people["ann"], content=b"x" * ((1 << 20) + 1), seen="")
    draft = desk.draft(STRONGER)
    refused("too-large", desk.releases.submit, ACME, desk.people["ann"], seen=draft.digest, reason="x" * 2001)


def test_a_draft_can_be_let_go(desk):
    draft = desk.draft(STRONGER)
    refused("changed-meanwhile", desk.releases.discard_draft, ACME, desk.people["ann"], seen="")
    desk.releases.discard_draft(ACME, desk.people["ann"], seen=draft.digest)
    assert desk.state.draft is None
    refused("no-draft", desk.releases.submit, ACME, desk.people["ann"], seen=draft.digest, reason="")


def test_a_trial_under_another_key_is_none(desk):
    number = desk.submit(STRONGER)
    new = desk.releases.case(ACME, desk.state.submission(number))[3]
    store = desk.releases.store(ACME)
    found = store.trial(new.key)
    path = store._text_path(new.digest).with_name(f"trial-{new.key}.json")
    path.write_text(path.read_text(encoding="utf-8").replace(new.key, "0" * 64), encoding="utf-8")
    assert store.trial(new.key) is None
    assert replace(found, through=1).is_passed is False


def test_what_may_be_a_secret_is_not_kept(desk, kept):
    """Not even in a draft: texts stay, and others read them."""
    text = text_of({"listen.plainText": None, "listen.tls": {"certificate": "env:CERT", "key": "hunter2hunter2"}})
    refused("holds-secret", desk.draft, (), text=text)
    assert desk.state.draft is None
    assert not any(b"hunter2" in path.read_bytes() for path in kept.rglob("*") if path.is_file())


def test_a_policy_that_others_extend_is_not_published_over_their_heads(desk, root):
    """A route that means nothing for acme can mean much for who extends it."""
    other = root / "brands" / "lagoon" / "policy.json"
    other.write_text(json.dumps({"extends": "../acme/policy.json"}), encoding="utf-8")
    number = desk.submit(STRONGER)
    assert "lagoon" in str(refused("is-extended", desk.publish, number))
    other.unlink()
    desk.publish(number)


def test_an_author_s_approval_counts_for_nothing_however_it_came_to_be_there(desk):
    """The second lock: what is kept may have been written by other means."""
    number = desk.submit(WEAKER, "all")
    state = desk.state
    approval = Approval("all", desk.change(number), "now")
    planted = replace(state.submission(number), approvals=(approval,))
    desk.releases.store(ACME).write(replace(state, submissions=(planted,)))
    refused("approval-needed", desk.publish, number)
