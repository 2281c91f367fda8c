"""Values of brand fields: texts, links, paths, names, lengths. What is fine, and what is said of the rest."""

from urllib.parse import urljoin

import pytest

from themekit.source.sdk_names import client_from, identifier_from, java_package_fault, transliterated
from themekit.source.text_policy import text_fault
from themekit.source.urls import api_url_fault, base_url_fault, link_fault, web_url_fault


@pytest.mark.parametrize(
    "text",
    [
        "Acme",
        'Zitrone & Söhne’s "Pay"',
        "{{ brand.name }}",
        "* _ ` # \\",
        "東京",
        "👩\u200d💻",
        "a\u00a0b",
        "<".replace("<", "‹"),
    ],
)
def test_text_is_text(text):
    assert text_fault(text) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a<b", "holds `<` at character 2"),
        ("a>", "holds `>` at character 2"),
        ("a\tb", "holds U+0009 (a control character) at character 2"),
        ("a\x85", "holds U+0085 (a control character) at character 2"),
        ("a\u202eb", "holds U+202E (right-to-left override) at character 2"),
        ("a\u2028", "holds U+2028 (line separator) at character 2"),
        ("\ufeffa", "holds U+FEFF (zero width no-break space) at character 1"),
        ("\ue000", "holds U+E000 (a control character) at character 1"),
        ("", "is empty"),
        ("  \u3000", "is empty"),
    ],
)
def test_what_is_no_text(text, fault):
    assert fault == text_fault(text)[0]


def test_texts_are_trimmed_and_composed(read):
    reading = read('{"name": " A\\u0308cme ", "color": {"primary": "#000"}}')
    assert "\u00c4cme" == reading.brand.name


@pytest.mark.parametrize(
    "url",
    [
        "https://acme.example",
        "HTTP://acme.example:8080/a/b?c=d#e",
        "https://127.0.0.1/",
        "https://[::1]:8/",
        "https://xn--shne-5qa.example/%20",
    ],
)
def test_web_urls(url):
    assert web_url_fault(url) is None
    assert link_fault(url) is None


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", "is empty"),
        ("acme.example", "is not absolute"),
        ("//acme.example", "is not absolute"),
        ("/path", "is not absolute"),
        ("JaVaScRiPt:alert(1)", "has the scheme `JaVaScRiPt`; allowed: `https`, `http`"),
        ("ftp://acme.example/", "has the scheme `ftp`; allowed: `https`, `http`"),
        ("data:text/html,1", "has the scheme `data`; allowed: `https`, `http`"),
        ("https:acme.example", "has no `//` after its scheme"),
        ("https:///x", "has no valid host"),
        ("https://", "has no valid host"),
        ("https://a..b/", "has no valid host"),
        ("https://-a.example/", "has no valid host"),
        ("https://a.example:0/", "has port 0"),
        ("https://a.example:99999/", "has a host or a port that cannot be read"),
        ("https://[::1/", "has a host or a port that cannot be read"),
        ("https://[v1.x]/", "has no valid host"),
        ("https://good.test@evil.test/", "has a user name before its host, which hides where it leads"),
        ("https://a.example/a b", "holds the character ` `"),
        ("https://a.example/\\b", "holds the character `\\`"),
        ("https://a.example/\x01", "holds the character `\\u0001`"),
        ("https://a.example/\u200b", "holds an invisible character"),
        (
            "https://söhne.example/",
            "holds a character outside ASCII; write it percent-encoded, and a host in its `xn--` form",
        ),
        ("https://a.example/%zz", "has a `%` without two hexadecimal digits"),
    ],
)
def test_what_is_no_web_url(url, fault):
    assert fault == web_url_fault(url)


@pytest.mark.parametrize(
    "url", ["guides/", "/guides/#top", "#a:b", "?a:b", "a/b:c", "mailto:a@b.example?subject=x", "index.html"]
)
def test_links_of_the_portal(url):
    assert link_fault(url) is None


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("", "is empty"),
        ("\x01javascript:alert(1)", "holds the character `\\u0001`"),
        ("data:text/html,1", "has the scheme `data`; allowed: `https`, `http`, `mailto`"),
        ("//evil.test", "leads to another site: it starts with `//`"),
        ("mailto:nobody", "is no e-mail address"),
        ("https://a@b/", "has a user name before its host, which hides where it leads"),
        ("1:2", "has a colon in its first part, which reads as a scheme"),
        ("a/../../b", "leaves the portal by `..`"),
    ],
)
def test_what_is_no_link(url, fault):
    assert fault == link_fault(url)


def test_base_urls_have_no_query():
    assert base_url_fault("https://a.example/v1") is None
    assert "has a query or a fragment" == base_url_fault("https://a.example/?x")
    assert "is not absolute" == base_url_fault("x")


@pytest.mark.parametrize("path", ["$(id)", "!x", "v[1-9]"])
def test_an_address_is_safe_in_the_commands_that_pages_show(path: str) -> None:
    """`curl "https://a.example/$(id)/payments"` would run what a brand's address says."""
    assert "which means something in commands" in (api_url_fault(f"https://a.example/{path}") or "")
    assert api_url_fault("http://[::1]:8080/v1") is None


def test_the_address_of_an_api_is_checked_so(read_fields):
    assert read_fields('"api": {"baseUrl": "https://a.example/$(id)"}').brand is None


def test_no_java_package_is_of_java_itself(read_fields):
    """Java loads no class of such a package; ours are stamped, so that no compiler would have said so."""
    assert java_package_fault("javax2.acme") is None
    assert read_fields('"sdk": {"java": {"package": "java.acme"}}').brand is None


@pytest.mark.parametrize(
    ("written", "site"),
    [
        ("HTTPS://A.example", "https://A.example/"),
        ("https://a.example/p/../q/./", "https://a.example/q/"),
        ("https://a.example/p//q", "https://a.example/p/q/"),
        ("https://[2001:db8::1]:8443/~x/$y;z=1,2/%2e%2E/", "https://[2001:db8::1]:8443/~x/$y;z=1,2/%2e%2E/"),
    ],
)
def test_a_site_url_is_what_pages_addresses_begin_with(read_fields, written, site):
    """As mkdocs joins a page's path to it; what is done to one brand's address at that moment no stamp would do."""
    brand = read_fields(f'"urls": {{"site": "{written}"}}').brand
    assert site == brand.urls.site
    assert (
        f"{site}guides/x.html" == urljoin(brand.urls.site, "guides/x.html") == urljoin(f"{written}/", "guides/x.html")
    )


def test_site_and_api_urls_are_brought_into_one_form(read_fields):
    brand = read_fields('"urls": {"site": "https://a.example/p"}, "api": {"baseUrl": "https://a.example/v1/"}').brand
    assert ("https://a.example/p/", "https://a.example/p/") == (brand.urls.site, brand.urls.home)
    assert "https://a.example/v1" == brand.api.base_url


def test_a_base_url_with_a_query_says_what_to_leave_out(read_fields):
    reading = read_fields('"api": {"baseUrl": "https://a.example/?v=1"}')
    assert ["leave out everything from `?` or `#`"] == reading.hints


@pytest.mark.parametrize(
    ("members", "codes"),
    [
        ('"contact": {"email": "a.b+c@d-e.example", "phone": "+1 (555) 010-0199", "address": "x"}', []),
        ('"contact": {"email": "a@b"}', ["invalid-email"]),
        ('"contact": {"email": "a@b.example\\nbcc:x@y.example"}', ["invalid-email"]),
        ('"contact": {"phone": "tel:1234567"}', ["invalid-phone"]),
        ('"contact": {"security": "mailto:security@a.example"}', []),
        ('"contact": {"security": "https://a.example/security?from=portal"}', []),
        ('"contact": {"security": "http://a.example/security"}', ["invalid-url"]),
        ('"contact": {"security": "security@a.example"}', ["invalid-url"]),
        ('"contact": {"security": "mailto:a@b\\nExpires: 1"}', ["invalid-url"]),
        ('"version": "1.0.0-rc.1"', []),
        ('"version": "1.0.0+build"', ["invalid-version"]),
        ('"version": "01.0.0"', ["invalid-version"]),
        ('"version": "1.0.0-../../x"', ["invalid-version"]),
        ('"shape": {"radius": "0", "border": ".5px"}', []),
        ('"shape": {"radius": {"value": 1, "unit": "rem"}, "border": {"value": 0.5, "unit": "px"}}', []),
        ('"shape": {"radius": {"value": 1, "uint": "rem"}}', ["invalid-dimension"]),
        ('"shape": {"radius": {"value": 1}}', ["invalid-dimension"]),
        ('"shape": {"radius": {"unit": "px"}}', ["invalid-dimension"]),
        ('"shape": {"radius": "5rem", "border": "-1px"}', ["out-of-range", "out-of-range"]),
        ('"shape": {"radius": "calc(1px)"}', ["invalid-dimension"]),
        ('"typography": {"scale": {"ratio": true}}', ["wrong-type"]),
        ('"typography": {"scale": {"base": "1rem", "ratio": 1}}', []),
        ('"typography": {"families": {"body": {"family": "A\\"b"}}}', ["invalid-font-family"]),
        ('"typography": {"families": {"body": {"family": "A", "fallback": ["B;", "C"]}}}', ["invalid-font-family"]),
        ('"portal": {"sections": ["guides", 3, "x", "guides"]}', ["wrong-type", "unknown-section", "duplicate-item"]),
        ('"portal": {"sections": "guides"}', ["wrong-type"]),
        ('"portal": {"announcement": {"text": "x", "url": "payments/"}}', []),
        ('"portal": {"announcement": {"url": "payments/"}}', ["missing-field"]),
        ('"portal": {"navigation": [' + ",".join(['{"title": "t", "url": "u"}'] * 13) + "]}", ["too-long"]),
        ('"portal": {"navigation": [null, {"title": "t", "url": "u", "x": 1}]}', ["wrong-type", "unknown-key"]),
    ],
)
def test_values_of_fields(read_fields, members, codes):
    assert codes == read_fields(members).codes


def test_any_well_formed_section_is_accepted_where_none_are_known(read_fields):
    assert ("own-guides",) == read_fields('"portal": {"sections": ["own-guides"]}', sections=None).brand.portal.sections
    assert ["unknown-section"] == read_fields('"portal": {"sections": ["../x"]}', sections=None).codes


@pytest.mark.parametrize(
    ("written", "kept"), [('"400"', "400"), ("400", "400"), ('"0400 0700"', "400 700"), ('"1 1000"', "1 1000")]
)
def test_font_weights(read_fields, written, kept):
    file = f'{{"path": "a.woff2", "weight": {written}, "style": "italic"}}'
    family = f'{{"family": "Acme", "files": [{file}]}}'
    reading = read_fields(f'"typography": {{"families": {{"heading": {family}}}}}', {"brands/acme/a.woff2": b""})
    (font,) = reading.brand.typography.heading.files
    assert (kept, "italic") == (font.weight, font.style)
    assert "Inter" == reading.brand.typography.body.family


def test_a_font_file_is_regular_unless_it_says_otherwise(read_fields):
    family = '{"family": "Acme", "files": [{"path": "a.woff2"}]}'
    fields = f'"typography": {{"families": {{"code": {family}}}}}'
    (font,) = read_fields(fields, {"brands/acme/a.woff2": b""}).brand.typography.code.files
    assert ("400", "normal") == (font.weight, font.style)


@pytest.mark.parametrize("written", ['"700 400"', '"0"', '"1001"', '"bold"', '"1 2 3"'])
def test_what_is_no_font_weight(read_fields, written):
    file = f'{{"path": "a.woff2", "weight": {written}}}'
    family = f'{{"family": "Acme", "files": [{file}]}}'
    fields = f'"typography": {{"families": {{"body": {family}}}}}'
    assert ["invalid-font-weight"] == read_fields(fields, {"brands/acme/a.woff2": b""}).codes


def test_headings_are_set_in_the_body_family_unless_they_have_their_own(read_fields):
    typography = read_fields('"typography": {"families": {"body": {"family": "Nunito"}}}').brand.typography
    assert ("Nunito", "Nunito", "JetBrains Mono") == tuple(
        family.family for family in (typography.body, typography.heading, typography.code)
    )


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ('"client": "Acme2"', None),
        ('"client": "acme"', "is no class name: write a capital letter, then letters and digits"),
        ('"client": "Object"', "is a name the languages use themselves"),
        ('"typescript": {"package": "@acme/sdk"}', None),
        ('"typescript": {"package": "acme.js"}', None),
        ('"typescript": {"package": "../x"}', "is no npm package name"),
        ('"typescript": {"package": "fs"}', "is a module of Node.js itself"),
        ('"python": {"package": "Acme.SDK_2", "module": "acme._sdk"}', None),
        ('"python": {"package": "-acme"}', "is no distribution name"),
        ('"python": {"module": "acme..x"}', "has an empty part"),
        ('"python": {"module": "2acme"}', "is no Python name: `2acme` is not an identifier"),
        ('"python": {"module": "acme.class"}', "holds `class`, a reserved word of Python"),
        ('"java": {"group": "com.acme", "artifact": "acme-sdk", "package": "com.acme.sdk"}', None),
        ('"java": {"group": ".com"}', "is no Maven id"),
        ('"java": {"artifact": "a..b"}', "is no Maven id"),
        ('"java": {"package": "com.new"}', "holds `new`, a reserved word of Java"),
        ('"go": {"module": "acme.example/go/v2", "package": "acme"}', None),
        ('"go": {"module": "acme.example//go"}', "has an empty part"),
        ('"go": {"module": "acme.example/$x"}', "is no Go module path: `$x` is not one of its parts"),
        ('"go": {"module": "acme/go"}', "is no Go module path: it starts with a host name"),
        ('"go": {"module": "Acme.example/go"}', "is no Go module path: it starts with a host name"),
        ('"go": {"package": "Acme"}', "is no Go package name: lower-case letters, digits and `_`"),
        ('"go": {"package": "func"}', "is a word with a meaning of its own in Go"),
    ],
)
def test_sdk_names(read_fields, fields, fault):
    messages = read_fields(f'"sdk": {{{fields}}}').messages
    assert (fault is not None) == bool(messages)
    assert all(fault in message for message in messages)


@pytest.mark.parametrize(
    ("name", "brand_id", "client"),
    [
        ("Acme", "acme", "Acme"),
        ("Bolt & Söhne", "bolt", "BoltSoehne"),
        ('Zitrone & Söhne’s "Pay"', "zitrone", "ZitroneSoehnesPay"),
        ("acme pay", "acme", "AcmePay"),
        ("1&1", "eins", "Api11"),
        ("東京", "tokyo-pay", "TokyoPay"),
        ("東京", "日本", "ApiClient"),
        ("String", "s", "StringClient"),
        ("Ærø Łódź", "x", "AeroLodz"),
        ("a" * 99, "x", "A" + "a" * 59),
    ],
)
def test_client_from_the_name(name, brand_id, client):
    assert client == client_from(name, brand_id)


def test_german_letters_are_written_as_germans_do():
    assert "AeOeUeaeoeuessSS e" == transliterated("ÄÖÜäöüßẞ é")


@pytest.mark.parametrize(
    ("brand_id", "word"),
    [
        ("bolt-pay", "boltpay"),
        ("1und1", "api1und1"),
        ("go", "gosdk"),
        ("class", "classsdk"),
        ("json", "jsonsdk"),
        ("--", "api"),
    ],
)
def test_identifier_from_the_id(brand_id, word):
    assert word == identifier_from(brand_id)


def test_default_names_follow_the_group(read_fields):
    sdk = read_fields('"sdk": {"java": {"group": "io.acme-pay"}}').brand.sdk
    assert "io.acme_pay.sdk" == sdk.java.package
    assert "example.acme.sdk" == read_fields('"sdk": {"java": {"group": "io.new"}}').brand.sdk.java.package
