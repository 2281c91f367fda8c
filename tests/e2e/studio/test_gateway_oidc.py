"""Login by an OpenID provider in a browser: the provider is another site, whose answer comes without our cookies."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "studio" / "admin"))

from oidc_provider import CLIENT, serving_provider
from policy_project import write_project

from tests.e2e.preview.previewing import previewed
from tests.e2e.studio.test_studio_access import violations
from themekit.studio.admin.audit_log import AuditLog
from themekit.studio.admin.keeping import kept_folder
from themekit.studio.admin.oidc.settings import OidcSettings, SettingsFile
from themekit.studio.admin.users import Role

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BUTTON = {"name": "Sign in with Example ID"}


@pytest.fixture(scope="module")
def provider():
    with serving_provider("localhost") as provider:  # to a browser another site than 127.0.0.1
        provider.public_clients.add(CLIENT)
        yield provider


@pytest.fixture(scope="module")
def desk_preview(tmp_path_factory, bundle, provider):  # noqa: ARG001
    root = tmp_path_factory.mktemp("oidc") / "shop"
    write_project(root)
    roles = ((Role.AUTHOR, ("writers",)),)
    SettingsFile(kept_folder(root)).write(OidcSettings(provider.issuer, CLIENT, "groups", roles, name="Example ID"))
    with previewed(root) as running:
        provider.redirect_uri = f"{running.studio}/oidc"
        yield running
        running.process.stdout.close()


@pytest.fixture
def page(desk_preview, provider, chromium):
    provider.claims["groups"] = ["writers"]
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(20_000)
    failures = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda said: failures.append(said.text) if "Content Security" in said.text else None)
    page.goto(desk_preview.first_url)
    page.goto(f"{desk_preview.studio}/gateway.html")
    page.get_by_role("button", **BUTTON).wait_for()
    yield page
    context.close()
    assert [] == failures


def test_somebody_comes_back_from_another_site_and_is_logged_in(page, desk_preview):
    assert [] == violations(page)
    page.get_by_role("button", **BUTTON).click()
    page.get_by_text("oidc:ann, author").wait_for()
    page.get_by_role("tab", name="Changes").wait_for()
    assert "state" not in page.url
    assert "code" not in page.url
    page.reload()
    page.get_by_text("oidc:ann, author").wait_for()
    assert "oidc:ann" == AuditLog(kept_folder(desk_preview.root)).records()[0].entry.actor
    page.get_by_role("button", name="Log out").click()
    page.get_by_role("button", **BUTTON).wait_for()


def test_who_has_no_role_is_told_beside_the_form(page, provider):
    provider.claims["groups"] = ["guests"]
    page.get_by_role("button", **BUTTON).click()
    page.get_by_role("alert").get_by_text("your account has no role here").wait_for()
    page.get_by_label("Name").wait_for()
    assert [] == violations(page)
    assert "state" not in page.url


def test_who_is_led_here_by_somebody_else_is_not_logged_in(page, desk_preview, provider):
    """The attacker's own state and code, in the user's browser."""
    page.goto(f"{provider.issuer}/nowhere")
    page.evaluate(f"location.assign({f'{desk_preview.studio}/oidc?state=theirs&code=theirs'!r})")
    page.get_by_role("alert").get_by_text("was not begun in this browser").wait_for()
    page.get_by_label("Name").wait_for()
