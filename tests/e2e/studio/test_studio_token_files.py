"""A brand whose tokens stand in a file: they are shown with their place, kept, and followed when the file changes."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]

GLOW = '{"glow": {"$type": "color", "$value": "%s"}}'


@pytest.fixture
def token_file(studio):
    path = studio.file.with_name("t.json")
    path.write_text(GLOW % "#123456", encoding="utf-8")
    yield path
    path.unlink()


def test_tokens_of_a_file_are_shown_and_followed(studio, token_file):
    text = '{"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": "t.json"}'
    studio.file.write_text(text, encoding="utf-8")
    studio.tab("Tokens")
    studio.page.get_by_label("Find a token").fill("glow")
    token = studio.page.locator("#token-glow")
    studio.page.locator(".token-head", has_text="glow").click()
    token.get_by_text("brands/acme/t.json:1").wait_for()
    token.get_by_text("stand in files: change it there").wait_for()
    assert 0 == token.get_by_role("button", name="Override").count(), "it would replace the name of the file"
    token_file.write_text(GLOW % "#abcdef", encoding="utf-8")
    studio.page.locator(".token-value", has_text="#abcdef").first.wait_for()
    token_file.write_text(GLOW % "#abcde", encoding="utf-8")
    studio.page.get_by_role("tab", name="Problems").get_by_text("1").wait_for()
    assert text == studio.file.read_text(encoding="utf-8")
