"""A link carries changes to another Studio, where they are a draft; a brand is exported; a brand is made."""

import base64
import json

import pytest

from tests.e2e.studio.conftest import BRAND, link_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0a7a3a"/></svg>'


@pytest.fixture
def link(open_studio):
    """A link with one change, made where the change is undone again."""
    studio = open_studio()
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    studio.page.get_by_role("button", name="Share").click()
    field = studio.page.get_by_role("textbox", name="Link", exact=True)
    studio.until(lambda: "#share=" in field.input_value())
    made = field.input_value()
    studio.page.keyboard.press("Escape")
    studio.page.get_by_role("button", name="Undo").click()
    studio.saved(BRAND)
    studio.page.context.close()
    return made


def test_a_link_opens_as_a_draft_and_is_applied(open_studio, link):
    studio = open_studio(fragment=link.partition("#")[2])
    notice = studio.page.get_by_role("region", name="Notice")
    notice.get_by_text("A shared link, shown as a draft: 1 change").wait_for()
    assert "#c2255c" == studio.colour().input_value()
    assert BRAND == studio.file.read_text(encoding="utf-8")
    notice.get_by_role("button", name="Apply").click()
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    studio.page.get_by_role("button", name="Undo").click()
    studio.saved(BRAND)


def test_a_pasted_link_is_discarded(studio, link):
    studio.page.get_by_role("button", name="Share").click()
    studio.page.get_by_role("textbox", name="Open a link").fill(link)
    studio.page.get_by_role("button", name="Open as a draft").click()
    studio.until(lambda: "#c2255c" == studio.colour().input_value())
    studio.page.get_by_role("button", name="Discard").click()
    assert "#0b5fff" == studio.colour().input_value()
    assert BRAND == studio.file.read_text(encoding="utf-8")


def test_a_damaged_link_says_so(studio):
    studio.page.get_by_role("button", name="Share").click()
    studio.page.get_by_role("textbox", name="Open a link").fill("http://127.0.0.1:1/#share=AAAA")
    studio.page.get_by_role("button", name="Open as a draft").click()
    studio.page.get_by_role("alert").get_by_text("the link is damaged").wait_for()


def test_a_link_may_name_the_brand_s_own_file(open_studio):
    """As it names others: the edit is one of brand.json, drawn as a draft and written."""
    edit = {"source": "brands/acme/brand.json", "pointer": "/color/primary", "value": "#c2255c"}
    studio = open_studio()
    answers = []
    studio.page.on("response", lambda answer: "/draft" in answer.url and answers.append(answer.status))
    studio.page.evaluate("fragment => { location.hash = fragment }", link_of([edit]))
    notice = studio.notice("A shared link, shown as a draft: 1 change")
    notice.wait_for()
    assert "#c2255c" == studio.colour().input_value()
    studio.until(lambda: answers)
    assert {200} == set(answers)
    notice.get_by_role("button", name="Apply").click()
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))


def test_a_link_of_hundreds_of_thousands_of_values_is_refused(studio):
    """Before anything is made of them; so is a request that has them."""
    edits = [{"pointer": "/portal/sections", "value": [1] * 400_000}]
    studio.page.get_by_role("button", name="Share").click()
    studio.page.get_by_role("textbox", name="Open a link").fill(f"http://127.0.0.1:1/#{link_of(edits, kind=1)}")
    studio.page.get_by_role("button", name="Open as a draft").click()
    studio.page.get_by_role("alert").get_by_text("more than 100,000 values").wait_for()
    asked = """async edits => {
        const headers = { "Content-Type": "application/json", "If-Match": '"0123456789abcdef"' };
        const body = JSON.stringify({ edits });
        const answer = await fetch("/api/brands/acme", { method: "PUT", headers, body });
        return [answer.status, (await answer.json()).message];
    }"""
    assert [413, "a request has at most 100,000 values"] == studio.page.evaluate(asked, edits)
    assert BRAND == studio.file.read_text(encoding="utf-8")


def test_export_is_the_file(studio):
    with studio.page.expect_download() as download:
        studio.page.get_by_role("button", name="Export").click()
    assert "brand.json" == download.value.suggested_filename
    assert BRAND == download.value.path().read_text(encoding="utf-8")


def made(preview, name):
    file = preview.root / "brands" / name / "brand.json"
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_brand_of_a_name_and_a_colour(studio):
    page = studio.page
    page.get_by_role("button", name="New brand").click()
    page.get_by_role("textbox", name="Name").fill("Nordwind")
    page.get_by_role("textbox", name="Colour", exact=True).fill("#0a7a3a")
    page.get_by_role("button", name="Create the brand").click()
    page.get_by_role("button", name="Brand: Nordwind").wait_for()
    assert ("Nordwind", "#0a7a3a") == (made(studio.preview, "nordwind")["name"], studio.colour().input_value())


def test_a_brand_of_a_logo(studio):
    page = studio.page
    page.get_by_role("button", name="New brand").click()
    page.get_by_role("textbox", name="Name").fill("Waldweg")
    page.get_by_label("Logo or picture").set_input_files(
        {"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO.encode()}
    )
    page.get_by_role("radio", name="#0a7a3a").wait_for(state="attached")
    page.get_by_role("button", name="Create the brand").click()
    page.get_by_role("button", name="Brand: Waldweg").wait_for()
    brand = made(studio.preview, "waldweg")
    assert "#0a7a3a" == brand["color"]["primary"]
    assert (studio.preview.root / "brands" / "waldweg" / brand["logos"]["light"]).exists()


def test_a_dropped_logo(studio):
    page = studio.page
    page.get_by_role("searchbox", name="Find a field").fill("logo")
    zone = studio.field("/logos/light").locator(".drop")
    content = base64.b64encode(LOGO.encode()).decode()
    transfer = page.evaluate_handle(
        """content => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0));
            transfer.items.add(new File([bytes], "logo.svg", { type: "image/svg+xml" }));
            return transfer;
        }""",
        content,
    )
    zone.dispatch_event("drop", {"dataTransfer": transfer})
    studio.field("/logos/light").get_by_role("textbox").wait_for()
    studio.until(lambda: studio.field("/logos/light").get_by_role("textbox").input_value())
    named = json.loads(studio.file.read_text(encoding="utf-8"))["logos"]["light"]
    assert (studio.file.parent / named).exists()


def test_a_browser_that_does_not_allow_copying_is_not_said_to_have_done_it(studio):
    page = studio.page
    page.evaluate(
        """() => {
            navigator.clipboard.writeText = () => Promise.reject(new DOMException("no", "NotAllowedError"));
            document.execCommand = () => false;
        }"""
    )
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy the link").click()
    dialog = page.get_by_role("dialog", name="Share")  # what lies behind it is neither seen nor heard
    dialog.get_by_role("status").get_by_text("the link is selected, to be copied by hand").wait_for()
    assert page.get_by_role("button", name="Copy the link").is_visible()
