"""The page on gateway policies in a browser, from login to a policy that was attacked, approved and published."""

import json
import re
import sys
import urllib.request
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "studio" / "admin"))

from admin_actors import PASSWORD
from policy_project import STRONGER, WEAKER, add_people, text_of, write_project

from tests.e2e.preview.previewing import previewed
from tests.e2e.studio.conftest import Held
from tests.e2e.studio.test_studio_access import violations
from themekit.studio.admin.keeping import kept_folder
from themekit.studio.admin.users import Users

pytestmark = [pytest.mark.slow, pytest.mark.browser]

TABS = ["Changes", "Submissions", "Versions", "Live", "Log"]


@pytest.fixture(scope="module")
def desk_preview(tmp_path_factory, bundle):  # noqa: ARG001
    root = tmp_path_factory.mktemp("gateway") / "shop"
    write_project(root)
    add_people(Users(kept_folder(root)))
    with previewed(root) as running:
        yield running
        running.process.stdout.close()


@pytest.fixture
def open_desk(desk_preview, chromium):
    """Opens the page for somebody, in a browser of their own; the project is as at first."""
    root = desk_preview.root
    (root / "brands" / "acme" / "policy.json").write_text(text_of(), encoding="utf-8")
    for path in (kept_folder(root) / "policies").rglob("state.json"):
        path.unlink()
    contexts = []

    def start(name, **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.failures = []
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        page.on("console", lambda said: page.failures.append(said.text) if "Content Security" in said.text else None)
        page.goto(desk_preview.first_url)
        page.goto(f"{desk_preview.studio}/gateway.html#brand=acme")
        if name:
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Log in").click()
            page.get_by_text(f"{name}, ").wait_for()
            page.get_by_role("tab", name="Changes").wait_for()
        return page

    yield start
    failures = [failure for context in contexts for page in context.pages for failure in page.failures]
    for context in contexts:
        context.close()
    assert [] == failures


def file_of(preview):
    return preview.root / "brands" / "acme" / "policy.json"


def draft_of(preview):
    folder = kept_folder(preview.root) / "policies" / "acme"
    digest = json.loads((folder / "state.json").read_text(encoding="utf-8"))["draft"]["digest"]
    return json.loads((folder / f"policy-{digest}.json").read_text(encoding="utf-8"))


def tab(page, name):
    page.get_by_role("tab", name=name).click()


def save_and_submit(page, text, reason):
    """By the page's own API: what a test is not about."""
    page.evaluate(
        """async ([text, reason]) => {
            const { token } = await (await fetch("/api/admin/session")).json();
            const headers = { "Content-Type": "application/json", "X-Themekit-Token": token };
            const send = (method, path, body, version) => fetch(`/api/admin/policies/acme${path}`,
                { method, body: JSON.stringify(body), headers: { ...headers, "If-Match": `"${version}"` } });
            const saved = await (await send("PUT", "/draft", { text }, "none")).json();
            await send("POST", "/submissions", { reason }, saved.draft.digest);
        }""",
        [text, reason],
    )
    page.reload()
    page.get_by_role("form", name="Fields of the policy").wait_for()


def test_a_wrong_login_says_so_and_a_session_survives_a_reload(open_desk):
    page = open_desk(None)
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill("not the password")
    page.keyboard.press("Enter")
    page.get_by_role("alert").get_by_text("name or password is wrong").wait_for()
    assert "" == page.get_by_label("Password").input_value()
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("ann, author").wait_for()
    page.reload()
    page.get_by_text("ann, author").wait_for()
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", name="Log in").wait_for()


def test_an_edit_is_shown_as_a_change_and_becomes_a_draft(open_desk, desk_preview):
    page = open_desk("ann")
    page.get_by_role("button", name="General").click()
    page.get_by_label("Max body bytes", exact=True).fill("512")
    page.get_by_role("heading", name="Strengthens").wait_for()
    assert text_of() == file_of(desk_preview).read_text(encoding="utf-8")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("Written by ann").wait_for()
    page.reload()
    page.get_by_text("Written by ann").wait_for()
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("heading", name="The published policy").wait_for()
    assert text_of() == file_of(desk_preview).read_text(encoding="utf-8")


def test_what_is_told_late_of_a_policy_is_not_shown_over_another(open_desk):
    page = open_desk("ann")
    page.get_by_role("button", name="General").click()
    page.get_by_label("Max body bytes", exact=True).fill("512")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("Written by ann").wait_for()
    held = Held(page, "**/policies/acme/submissions", method="POST")
    page.get_by_role("button", name="Submit").click()
    while not held:
        page.wait_for_timeout(50)
    page.get_by_label("Brand").select_option("lagoon")
    page.get_by_text("Written by ann").wait_for(state="detached")
    held.tell()
    page.get_by_text("Submitted", exact=True).wait_for()
    assert "lagoon" == page.get_by_label("Brand").input_value()


def test_policies_that_cannot_be_read_after_a_login_are_no_endless_wait(open_desk):
    page = open_desk(None)
    page.route("**/api/admin/schema", lambda route: route.abort())
    page.get_by_label("Name").fill("ann")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text("the preview does not answer").wait_for()


def test_the_browser_asks_before_edits_of_a_policy_are_lost_with_the_page(open_desk):
    page = open_desk("ann")
    page.get_by_role("button", name="General").click()
    page.get_by_label("Max body bytes", exact=True).fill("512")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    for _ in range(100):
        if asked:
            break
        page.wait_for_timeout(50)
    assert ["beforeunload"] == asked


def test_a_mistake_stands_beside_its_field_and_stops_submitting(open_desk):
    page = open_desk("ann")
    page.get_by_role("button", name="Upstream").click()
    field = page.locator('[data-pointer="/upstream/url"] :is(input, textarea)')
    field.fill("not an address")
    field.blur()
    page.locator('[data-pointer="/upstream/url"] .inline-problem.is-error').wait_for()
    assert page.get_by_role("button", name="Submit").is_disabled()


def test_routes_are_added_and_removed_by_name(open_desk, desk_preview):
    page = open_desk("ann")
    page.get_by_role("button", name="Routes Decisions").click()
    page.get_by_label("Name of a new one of Routes").fill("search")
    page.keyboard.press("Enter")
    page.locator('[data-pointer="/routes/search/operation"] input').fill("searchPayments")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_text("Written by ann").wait_for()
    assert {"operation": "searchPayments"} == draft_of(desk_preview)["routes"]["search"]
    page.get_by_role("button", name="Remove search").click()
    assert 0 == page.get_by_role("button", name="Remove search").count()


def test_the_support_table_says_what_is_accepted(open_desk):
    page = open_desk("ann")
    row = page.get_by_role("row", name="rates")
    row.get_by_text("accepted: per-replica").wait_for()


def test_who_is_no_author_changes_nothing(open_desk):
    page = open_desk("rob")
    assert '"maxBodyBytes": 1024' in page.get_by_role("region", name="Text of brands/acme/policy.json").inner_text()
    assert 0 == page.get_by_role("form", name="Fields of the policy").count()
    assert 0 == page.get_by_role("button", name="Submit").count()


def test_a_weaker_policy_from_four_eyes_to_the_file_and_back(open_desk, desk_preview):
    pytest.importorskip("envoy", reason="attacks are carried out on Envoy")
    ann = open_desk("ann")
    save_and_submit(ann, text_of(WEAKER), "partners read what they write")
    rob = open_desk("rob")
    tab(rob, "Submissions")
    article = rob.get_by_role("article", name="Submission 1")
    article.get_by_role("heading", name="Weakens:").wait_for()
    assert 0 == article.get_by_role("button", name="Publish").count()
    article.get_by_role("button", name="Run the attacks").click()
    article.get_by_text("0 not").wait_for(timeout=240_000)
    article.get_by_role("button", name="Approve").click()
    article.get_by_text("Approved by rob").wait_for()
    pam = open_desk_again(rob, "pam")
    tab(pam, "Submissions")
    pam.get_by_role("article", name="Submission 1").get_by_role("button", name="Publish").click()
    pam.get_by_text("Nothing waits to be published").wait_for()
    assert json.loads(text_of(WEAKER)) == json.loads(file_of(desk_preview).read_text(encoding="utf-8"))
    tab(pam, "Versions")
    pam.get_by_role("button", name="Roll back to version 1").click()
    pam.get_by_role("dialog").get_by_role("button", name="Roll back").click()
    pam.get_by_text("Nothing waits to be published").wait_for(timeout=240_000)
    assert text_of() == file_of(desk_preview).read_text(encoding="utf-8")
    tab(pam, "Log")
    pam.get_by_text("none is changed, missing or moved").wait_for()
    pam.get_by_role("cell", name="rolled-back").first.wait_for()


def open_desk_again(page, name):
    """The same browser, another person."""
    page.get_by_role("button", name="Log out").click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_text(f"{name}, ").wait_for()
    return page


def test_requests_are_shown_while_they_come(open_desk):
    pytest.importorskip("envoy", reason="the gateway is Envoy")
    page = open_desk("pam")
    tab(page, "Live")
    page.get_by_role("button", name="Run the published policy of acme").click()
    page.get_by_text("Call it").click()
    words = page.get_by_role("region", name="A call with a token of main").inner_text()
    url = re.search(r"http://127\.0\.0\.1:\d+", words)[0]
    host, token = re.search(r'Host: ([^"]+)"', words)[1], re.search(r"Bearer ([^\"]+)", words)[1]
    for _ in range(3):
        asked = urllib.request.Request(f"{url}/payments", headers={"Host": host, "Authorization": f"Bearer {token}"})
        with urllib.request.urlopen(asked, timeout=10) as answer:
            assert 200 == answer.status
    page.get_by_role("table", name="Answers by status").get_by_role("row", name="2xx 3").wait_for()
    page.get_by_role("table", name="Top consumers").get_by_role("row", name="tester 3 0").wait_for()
    assert [] == violations(page)
    page.get_by_role("button", name="Stop").click()
    page.get_by_text("No gateway runs from here").wait_for()


def test_one_s_own_work_cannot_be_approved(open_desk):
    page = open_desk("all")
    save_and_submit(page, text_of(WEAKER), "because")
    tab(page, "Submissions")
    article = page.get_by_role("article", name="Submission 1")
    assert article.get_by_role("button", name="Approve").is_disabled()
    assert article.get_by_role("button", name="Publish").is_disabled()
    article.get_by_text("nobody approves what they wrote themselves").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_violation_of_axe(open_desk, scheme):
    page = open_desk(None, color_scheme=scheme)
    assert [] == violations(page)  # whether it is still opening or not
    page.get_by_label("Name").wait_for()
    assert [] == violations(page)
    page.get_by_label("Name").fill("all")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("form", name="Fields of the policy").wait_for()
    save_and_submit(page, text_of(WEAKER), "because")
    closed = page.locator(".section-head button[aria-expanded=false]")
    while closed.count():
        closed.first.click()
    page.locator(".entry-name").first.click()
    page.get_by_label("Max body bytes", exact=True).first.fill("512")
    page.get_by_role("heading", name="Strengthens").wait_for()
    for name in TABS:
        tab(page, name)
        page.get_by_role("heading", level=2).last.wait_for()
        assert [] == violations(page), name
    for name in ("Source", "Problems"):
        tab(page, name)
        page.wait_for_timeout(300)
        assert [] == violations(page), name


def test_nothing_is_wider_than_320_pixels(open_desk):
    page = open_desk("all", viewport={"width": 320, "height": 640})
    save_and_submit(page, text_of(STRONGER), "")
    for name in TABS:
        tab(page, name)
        assert 320 == page.evaluate("document.scrollingElement.scrollWidth"), name


def test_keys_reach_all_and_the_focus_is_seen(open_desk):
    page = open_desk("ann")
    page.locator("body").focus()
    seen = []
    for _ in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))
    assert "Skip to the changes" == seen[0]
    assert any(each.startswith("Log out") for each in seen)
    page.get_by_role("tab", name="Changes").focus()
    page.keyboard.press("ArrowRight")
    assert "true" == page.get_by_role("tab", name="Submissions").get_attribute("aria-selected")
