"""The admin's API as hostile callers meet it: no session, no role, own approval, stale and foreign requests."""

import json
import threading

import pytest
from admin_actors import PASSWORD
from admin_office import ACME, BASE, Office
from policy_project import STRONGER, WEAKER, add_people, bad_attacks, good_attacks, text_of, write_project

from themekit.studio.admin.keeping import kept_folder
from themekit.studio.admin.login_limits import FREE_BY_ADDRESS, FREE_BY_NAME
from themekit.studio.admin.sessions import ABSOLUTE_S, IDLE_S, Sessions
from themekit.studio.admin.users import Role, Users
from themekit.studio.serving.answers import version_of

WRITES = [
    ("PUT", "/policies/acme/draft"),
    ("POST", "/policies/acme/draft/discard"),
    ("POST", "/policies/acme/submissions"),
    ("POST", "/policies/acme/submissions/1/withdraw"),
    ("POST", "/policies/acme/submissions/1/attack"),
    ("POST", "/policies/acme/submissions/1/approve"),
    ("POST", "/policies/acme/submissions/1/publish"),
    ("POST", "/policies/acme/versions/1/restore"),
    ("POST", "/logout"),
]
READS = ["/session", "/schema", "/audit", "/trial", "/policies", "/policies/acme", "/policies/acme/versions/1"]
MAY = {
    "/policies/acme/draft": {Role.AUTHOR},
    "/policies/acme/draft/discard": {Role.AUTHOR},
    "/policies/acme/submissions": {Role.AUTHOR},
    "/policies/acme/submissions/1/approve": {Role.REVIEWER, Role.PUBLISHER},
    "/policies/acme/submissions/1/publish": {Role.PUBLISHER},
    "/policies/acme/versions/1/restore": {Role.AUTHOR, Role.PUBLISHER},
}


@pytest.fixture
def root(tmp_path):
    write_project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def kept(root):
    return kept_folder(root)


@pytest.fixture
def open_office(root, users, clock):
    add_people(users)
    return lambda attack=good_attacks: Office(root, users=users, sessions=Sessions(clock), attack=attack)


@pytest.fixture
def office(open_office):
    return open_office()


# Login


def test_login_sets_a_cookie_that_scripts_and_other_sites_cannot_use(office):
    ann = office.person("ann")
    name, *attributes = ann.set_cookie.split("; ")
    assert name.startswith("themekit-admin-4100=")
    assert {"HttpOnly", "SameSite=strict", "Path=/api/admin"} == set(attributes)
    assert ("ann", ["author"]) == (
        ann("GET", f"{BASE}/session").json["name"],
        ann("GET", f"{BASE}/session").json["roles"],
    )
    assert ["logged-in"] == office.actions


@pytest.mark.parametrize(("name", "password"), [("ann", "wrong"), ("eve", PASSWORD), ("", ""), ("../ann", PASSWORD)])
def test_whatever_is_wrong_with_a_login_the_answer_is_the_same(office, name, password):
    answer = office.login(name, password)
    assert (401, "wrong-login", None) == (answer.status, answer.json["error"], answer.header("set-cookie"))
    assert answer.json == office.login("ann", "x").json


def test_a_password_in_the_wrong_field_is_not_written_down(office):
    office.login(PASSWORD, "ann")
    office.login("ann", "wrong password")
    assert ["login-failed"] == office.actions
    assert PASSWORD.encode() not in office.door.log.content()


def test_too_many_logins_have_to_wait_even_with_the_right_password(office, clock):
    office.door.limits._clock = clock
    answers = [office.login("ann", f"guess {n}").status for n in range(FREE_BY_NAME + 3)]
    assert [401] * FREE_BY_NAME + [429] * 3 == answers
    refused = office.login("ann")
    assert (429, 1) == (refused.status, refused.json["seconds"])
    clock.wait(1)
    assert 200 == office.login("ann").status


def test_one_password_tried_on_many_names_has_to_wait_too(office):
    answers = [office.login(f"user{n}", PASSWORD).status for n in range(FREE_BY_ADDRESS + 2)]
    assert [401] * FREE_BY_ADDRESS + [429] * 2 == answers


def test_logging_in_again_ends_the_session_before(office):
    ann = office.person("ann")
    again = office.login("ann", cookie=ann.own["cookie"])
    assert 200 == again.status
    assert 401 == ann("GET", f"{BASE}/session").status


def test_logout_ends_the_session_and_not_only_the_cookie(office):
    ann = office.person("ann")
    answer = ann("POST", f"{BASE}/logout")
    assert "Max-Age=0" in answer.header("set-cookie")
    assert 401 == ann("GET", f"{BASE}/session").status
    assert "logged-out" == office.actions[-1]


@pytest.mark.parametrize("seconds", [IDLE_S, ABSOLUTE_S])
def test_a_session_that_is_over_opens_nothing(office, clock, seconds):
    ann = office.person("ann")
    clock.wait(seconds)
    for path in READS:
        assert 401 == ann("GET", BASE + path).status
    assert 401 == ann.draft(STRONGER, seen="none").status


def test_a_session_ends_with_the_role_it_was_given_for(office, users):
    pam = office.person("pam")
    users.put("pam", PASSWORD, roles=(Role.AUTHOR,))
    assert 401 == pam("GET", f"{BASE}/session").status


def test_a_cookie_of_another_page_on_this_host_hides_ours_not(office):
    """Another port of the host may set cookies of this name."""
    ann = office.person("ann")
    cookie = f"{office.call.own['cookie']}; themekit-admin-4100=planted; {ann.cookie}"
    assert 200 == ann("GET", f"{BASE}/session", cookie=cookie).status
    assert 401 == ann("GET", f"{BASE}/session", cookie=f"{office.call.own['cookie']}; themekit-admin-4101=x").status


def test_without_users_the_answer_says_how_to_add_one(root):
    office = Office(root, users=None, sessions=None, attack=good_attacks)
    answer = office.call("GET", f"{BASE}/session")
    assert (401, False) == (answer.status, answer.json["hasUsers"])
    assert "themekit gateway admin user add" in answer.json["message"]


def test_asking_makes_no_files(tmp_path):
    write_project(tmp_path / "fresh")
    office = Office(tmp_path / "fresh", users=None, sessions=None, attack=good_attacks)
    office.call("GET", f"{BASE}/session")
    office.login("ann", "wrong password")
    assert not (tmp_path / "fresh" / ".themekit").exists()


def test_a_users_file_that_others_can_write_opens_nothing(office, kept):
    ann = office.person("ann")
    (kept / "users.json").chmod(0o646)
    for answer in (ann("GET", f"{BASE}/session"), office.login("ann")):
        assert (500, "cannot-go-on") == (answer.status, answer.json["error"])
        assert "chmod 600" in answer.json["message"]


# Who may ask


@pytest.mark.parametrize("path", READS)
def test_nothing_is_read_without_a_session(office, path):
    answer = office.call("GET", BASE + path)
    assert (401, "login-needed") == (answer.status, answer.json["error"])


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_nothing_is_written_without_a_session(office, method, path):
    assert 401 == office.call(method, BASE + path, {}, if_match='"none"').status
    assert [] == office.actions


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize("token", [None, "", "x"])
def test_nothing_is_written_with_the_cookie_alone(office, method, path, token):
    everyone = office.person("all")
    answer = everyone(method, BASE + path, {"text": "{}"}, seen="none", x_themekit_token=token)
    assert (403, "no-token") == (answer.status, answer.json["error"])
    assert ["logged-in"] == office.actions


def test_the_token_of_another_session_is_not_enough(office):
    ann, everyone = office.person("ann"), office.person("all")
    assert 403 == ann("POST", f"{BASE}/logout", x_themekit_token=everyone.token).status


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": None}, 403),
        ({"origin": "http://127.0.0.1:4200"}, 403),
        ({"sec_fetch_site": "cross-site"}, 403),
        ({"sec_fetch_site": "same-site"}, 403),
        ({"host": "evil.example:4100"}, 421),
        ({"content_type": "application/x-www-form-urlencoded"}, 415),
        ({"content_type": "text/plain"}, 415),
        ({"content_type": None}, 415),
    ],
)
def test_a_foreign_page_writes_nothing_even_with_all_secrets(office, method, path, changed, status):
    everyone = office.person("all")
    assert status == everyone(method, BASE + path, {}, seen="none", **changed).status
    assert ["logged-in"] == office.actions


@pytest.mark.parametrize("changed", [{"origin": "http://evil.example"}, {"content_type": "text/plain"}])
def test_a_foreign_page_logs_nobody_in(office, changed):
    answer = office.login("ann", **changed)
    assert answer.status in {403, 415}
    assert answer.header("set-cookie") is None


@pytest.mark.parametrize("path", sorted(MAY))
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_it_is_for_and_no_more(office, users, path, role):
    users.put("one", PASSWORD, roles=(role,))
    one = office.person("one")
    method = "PUT" if path.endswith("/draft") else "POST"
    status = one(method, BASE + path, {"text": "{}", "change": "x"}, seen="none").status
    assert (403 == status) == (role not in MAY[path])


@pytest.mark.parametrize(
    "brand",
    [
        "..",
        "%2e%2e",
        "..%2f..%2fetc",
        "acme%2f..%2flagoon",
        "_shared",
        ".themekit",
        "ACME",
        "acme%00",
        "a" * 80,
        "nobody",
    ],
)
@pytest.mark.parametrize(("method", "rest"), [("GET", ""), ("PUT", "/draft"), ("POST", "/submissions")])
def test_no_trick_in_a_brand_s_id_leads_anywhere(office, brand, method, rest, kept):
    everyone = office.person("all")
    answer = everyone(method, f"{BASE}/policies/{brand}{rest}", {"text": "{}"}, seen="none")
    assert answer.status in {400, 404}
    assert not (kept / "policies").exists()


def test_an_unknown_address_is_told(office):
    assert 404 == office.person("all")("GET", f"{BASE}/users").status
    assert 404 == office.person("all")("GET", f"{ACME}/submissions/x/publish").status


# What people do


def test_a_weaker_policy_from_draft_to_publication(office):
    ann, rob, pam = (office.person(name) for name in ("ann", "rob", "pam"))
    number = ann.submit(WEAKER)
    shown = rob.submission(number)
    assert shown["isWeaker"]
    assert "weakens" == shown["changes"][0]["risk"]
    assert {"not-attacked", "approval-needed"} == {each["error"] for each in shown["obstacles"]}
    assert 202 == rob.attack(number).status
    assert rob.submission(number)["trial"]["isPassed"]
    assert 409 == pam.publish(number).status
    assert 200 == rob.approve(number).status
    assert [] == pam.submission(number)["obstacles"]
    answer = pam.publish(number)
    assert (200, 2) == (answer.status, answer.json["done"])
    assert text_of(WEAKER) == office.file.read_text(encoding="utf-8")
    assert [{"brands/acme/policy.json"}] == office.live.told
    assert [True, False] == [each["isCurrent"] for each in answer.json["versions"]]
    done = [each for each in office.actions if each != "logged-in"]
    assert ["draft-saved", "submitted", "attacked", "approved", "published"] == done
    assert [] == pam("GET", f"{BASE}/audit").json["faults"]


def test_one_person_with_all_roles_cannot_weaken_alone(office):
    everyone = office.person("all")
    number = everyone.submit(WEAKER)
    everyone.attack(number)
    assert (409, "own-work") == (everyone.approve(number).status, everyone.approve(number).json["error"])
    answer = everyone.publish(number)
    assert (409, "approval-needed") == (answer.status, answer.json["error"])
    assert text_of() == office.file.read_text(encoding="utf-8")


def test_an_approval_for_another_digest_is_refused(office):
    ann, rob = office.person("ann"), office.person("rob")
    one = ann.submit(WEAKER)
    change = rob.submission(one)["change"]
    assert 200 == rob.approve(one, change).status
    other = ann.submit({**WEAKER, "maxBodyBytes": 9999})
    assert (412, "changed-meanwhile") == (rob.approve(other, change).status, rob.approve(other, change).json["error"])
    assert (412) == office.person("pam").publish(other, change=change).status


def test_an_attack_that_gets_through_is_shown_and_stops_publishing(open_office):
    office = open_office(bad_attacks)
    everyone = office.person("all")
    number = everyone.submit(STRONGER)
    everyone.attack(number)
    assert ["listPayments: no token: 200 instead of 401"] == everyone.submission(number)["trial"]["faults"]
    assert "attack-got-through" == everyone.publish(number).json["error"]


def test_attacks_that_cannot_be_made_are_no_trial(open_office):
    def missing(_policy):
        raise RuntimeError("Envoy is not installed")
        yield

    everyone = open_office(missing).person("all")
    number = everyone.submit(STRONGER)
    everyone.attack(number)
    assert "Envoy is not installed" == everyone("GET", f"{BASE}/trial").json["running"]["error"]
    assert "not-attacked" == everyone.publish(number).json["error"]


def test_one_suite_runs_at_a_time(open_office):
    gate = threading.Event()

    def slow(_policy):
        gate.wait(20)
        yield from good_attacks(_policy)

    office = open_office(slow)
    everyone = office.person("all")
    number = everyone.submit(STRONGER)
    path = f"{ACME}/submissions/{number}/attack"
    assert 202 == everyone("POST", path).status
    assert (409, "attacks-run") == (everyone("POST", path).status, everyone("POST", path).json["error"])
    gate.set()
    assert office.trials.wait(20)


def test_attacks_end_with_the_preview(open_office):
    gate = threading.Event()

    def slow(_policy):
        yield 100
        gate.wait(20)
        yield from good_attacks(_policy)

    office = open_office(slow)
    everyone = office.person("all")
    number = everyone.submit(STRONGER)
    everyone("POST", f"{ACME}/submissions/{number}/attack")
    office.admin.stop()
    gate.set()
    assert office.trials.wait(20)
    assert everyone.submission(number)["trial"] is None


def test_only_what_is_submitted_can_be_attacked(office):
    assert 404 == office.person("all").attack(1).status


def test_a_stale_draft_is_refused(office):
    ann, everyone = office.person("ann"), office.person("all")
    assert 200 == ann.draft(STRONGER, seen="none").status
    for seen in ("none", "0" * 64):
        assert 412 == everyone.draft(WEAKER, seen=seen).status
    assert 428 == everyone("PUT", f"{ACME}/draft", {"text": "{}"}).status
    assert ["ann"] == ann("GET", ACME).json["draft"]["authors"]


def test_a_stale_publication_is_refused(office):
    everyone = office.person("all")
    number = everyone.submit(STRONGER)
    everyone.attack(number)
    seen = version_of(office.file.read_bytes())
    office.file.write_text(text_of({"maxBodyBytes": 700}), encoding="utf-8")
    assert 412 == everyone.publish(number, seen=seen).status
    assert 412 == everyone.publish(number, seen="none").status
    assert 428 == everyone("POST", f"{ACME}/submissions/{number}/publish", {"change": "x"}).status


def test_edits_change_a_draft_and_keep_its_form(office):
    ann = office.person("ann")
    answer = ann("PUT", f"{ACME}/draft", {"edits": [{"pointer": "/maxBodyBytes", "value": 512}]}, seen="none")
    assert text_of(STRONGER) == answer.json["draft"]["text"]
    assert "strengthens" == answer.json["draft"]["changes"][0]["risk"]


def test_a_check_tells_faults_changes_and_what_gateways_can_do_and_keeps_nothing(office, kept):
    ann = office.person("ann")
    good = ann("POST", f"{ACME}/check", {"text": text_of(WEAKER)}).json
    assert (True, True, []) == (good["isGood"], good["isWeaker"], good["diagnostics"])
    assert "envoy" in [each["name"] for each in good["support"]["gateways"]]
    bad = ann("POST", f"{ACME}/check", {"text": text_of({"upstream": None})}).json
    assert (False, None, None) == (bad["isGood"], bad["changes"], bad["support"])
    assert bad["diagnostics"]
    assert 422 == ann("POST", f"{ACME}/check", {"text": "{"}).status
    assert not (kept / "policies").exists()


def test_going_back_is_a_submission_that_is_judged(office):
    everyone, pam = office.person("all"), office.person("pam")
    number = everyone.submit(STRONGER)
    everyone.attack(number)
    assert 200 == everyone.publish(number).status
    shown = pam("GET", f"{ACME}/versions/1").json
    assert (True, text_of()) == (shown["isWeaker"], shown["text"])
    assert "reason-needed" == pam("POST", f"{ACME}/versions/1/restore").json["error"]
    back = pam("POST", f"{ACME}/versions/1/restore", {"reason": "clients break"}).json["done"]
    pam.attack(back)
    assert "own-work" == pam.approve(back).json["error"]
    assert "approval-needed" == pam.publish(back).json["error"]
    assert 200 == office.person("rob").approve(back).status
    assert 200 == pam.publish(back).status
    assert text_of() == office.file.read_text(encoding="utf-8")


def test_no_secret_is_answered(office):
    pam = office.person("pam")
    shown = json.dumps([pam("GET", BASE + path).json for path in READS if "versions" not in path])
    hashes = [each.password.hash for each in office.door.users.all()]
    assert not any(each in shown for each in hashes)
    assert pam.cookie.partition("=")[2] not in shown


def test_a_log_that_was_tampered_with_is_shown_and_stops_all(office, kept):
    everyone = office.person("all")
    everyone.draft(STRONGER)
    path = kept / "audit.jsonl"
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    assert everyone("GET", f"{BASE}/audit").json["faults"]
    answer = everyone.draft(WEAKER)
    assert (500, "cannot-go-on") == (answer.status, answer.json["error"])


def test_the_overview_names_every_brand(office):
    ann = office.person("ann")
    ann.submit(STRONGER)
    ann.draft(WEAKER)
    shown = {each["id"]: each for each in ann("GET", f"{BASE}/policies").json["policies"]}
    assert {"id": "acme", "hasPolicy": True, "hasDraft": True, "open": 1} == shown["acme"]
    assert not shown["lagoon"]["hasPolicy"]


def test_users_with_the_real_cost_can_log_in(root):
    """The only test with the cost that is shipped."""
    users = Users(kept_folder(root))
    users.put("ann", PASSWORD, roles=(Role.AUTHOR,))
    office = Office(root, users=users, sessions=None, attack=good_attacks)
    assert 200 == office.login("ann").status
