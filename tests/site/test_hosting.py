"""What static hosts are told: a policy that the pages keep, in each host's own words."""

import base64
import hashlib
import json
from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from themekit.model import Brand, BrandId, FileTemplate, Slot
from themekit.site.hosting import hosting_files
from themekit.site.hosting.answers import content_policy
from themekit.site.hosting.demands import Demands, demands_of, joined
from themekit.source.brand import BrandInputs, parse_brand

NAME = Slot("name", "html")
EPOCH_S = 1_790_000_000


def brand(**members: object) -> Brand:
    text = json.dumps({"name": "Böll & Co", "color": {"primary": "#0b5fff"}, **members}).encode()
    inputs = BrandInputs(lambda _: None, lambda _: ())
    found, _ = parse_brand(PurePosixPath("brands/b/brand.json"), text, brand_id=BrandId("b"), inputs=inputs)
    assert found is not None
    return found


def page(*parts: bytes | Slot, media_type: str = "text/html") -> FileTemplate:
    return FileTemplate(PurePosixPath("a.html"), parts, media_type)


def files(epoch_s: int | None = EPOCH_S, **members: object) -> dict[str, str]:
    return {str(each.path): each.content.decode() for each in hosting_files(brand(**members), DEMANDS, epoch_s=epoch_s)}


DEMANDS = Demands(((b"go()",),))


def test_scripts_in_pages_are_found_once_with_their_slots():
    found = demands_of([
        page(b"<script>var name='", NAME, b"'</script><script src=a.js></script><SCRIPT type=module>1</SCRIPT >"),
        page(b'<script type="application/json">{}</script><script type="text/javascript">1</script>'),
        page(b"<script>data</script>", media_type="text/plain"),
    ])  # fmt: skip
    assert ((b"var name='", NAME, b"'"), (b"1",)) == found.scripts


def test_other_hosts_that_pages_load_from_are_found_and_links_are_not():
    found = demands_of([
        page(b'<img alt="" src="https://pics.example/a.png"><iframe src="https://video.example:8443/x"></iframe>'),
        page(b'<a href="https://a.example/"></a><link rel="canonical" href="https://c.example/">'),
        page(b'<link rel="stylesheet" href="https://style.example/a.css"><img src="https://', NAME, b'/a.png">'),
    ])  # fmt: skip
    expected = (
        ("frame-src", "https://video.example:8443"),
        ("img-src", "https://pics.example"),
        ("style-src", "https://style.example"),
    )
    assert expected == found.origins


def test_demands_are_joined():
    both = joined([DEMANDS, Demands(((b"go()",), (b"stop()",)), (("img-src", "https://a.example"),))])
    assert Demands(((b"go()",), (b"stop()",)), (("img-src", "https://a.example"),)) == both


def test_a_script_is_named_by_the_hash_of_what_the_brand_makes_of_it():
    demands = Demands(((b"x='", Slot("name", "html"), b"'"),), (("img-src", "https://pics.example"),))
    policy = dict(each.split(" ", 1) for each in content_policy(brand(), demands).split("; "))
    digest = base64.b64encode(hashlib.sha256("x='Böll &amp; Co'".encode()).digest()).decode()
    assert f"'self' 'sha256-{digest}'" == policy["script-src"]
    assert "'self' data: https://pics.example" == policy["img-src"]
    assert "'none'" == policy["object-src"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*"} & set(policy["script-src"].split())


def test_the_api_may_be_asked():
    known = brand(api={"baseUrl": "https://api.b.example/v1", "sandboxUrl": "https://try.b.example:8443/v1"})
    assert "connect-src 'self' https://api.b.example https://try.b.example:8443;" in content_policy(known, DEMANDS)


def test_every_host_is_told_the_same():
    made = files()
    always = json.loads(made["hosting/headers.json"])["always"]
    front = json.loads(made["hosting/cloudfront.json"])
    for name, value in always.items():
        assert f"  {name}: {value}\n" in made["site/_headers"]
        assert f'add_header {name} "{value}" always;\n' in made["hosting/nginx.conf"]
        assert f'Header always set {name} "{value}"\n' in made["site/.htaccess"]
        assert value in json.dumps(front, ensure_ascii=False) or name == "X-Content-Type-Options"
    assert len(front["CustomHeadersConfig"]["Items"]) == front["CustomHeadersConfig"]["Quantity"]
    assert "" == made["site/.nojekyll"]


def test_a_site_below_a_path_is_told_its_path():
    made = files(urls={"site": "https://b.example/docs/"})
    assert made["site/_headers"].startswith("/docs/*\n")
    assert "ErrorDocument 404 /docs/404.html\n" in made["site/.htaccess"]
    assert "error_page 404 /docs/404.html;\n" in made["hosting/nginx.conf"]


@pytest.mark.parametrize(("site", "path"), [
    ("https://b.example/", "site/.well-known/security.txt"), ("https://b.example/docs/", "hosting/security.txt"),
])  # fmt: skip
def test_a_hole_can_be_told(site, path):
    made = files(urls={"site": site}, contact={"email": "security@b.example"}, locale="de")
    expected = (
        "Contact: mailto:security@b.example\nExpires: 2027-09-21T14:13:20Z\nPreferred-Languages: de\n"
        "Canonical: https://b.example/.well-known/security.txt\n"
    )
    assert expected == made[path]


def test_a_contact_for_holes_comes_before_the_brands_own():
    contact = {"email": "hello@b.example", "security": "https://b.example/holes"}
    made = files(urls={"site": "https://b.example/"}, contact=contact)
    assert "Contact: https://b.example/holes" == made["site/.well-known/security.txt"].splitlines()[0]


def test_without_a_contact_or_a_time_there_is_no_security_txt():
    contact = {"email": "security@b.example"}
    assert not [path for path in (*files(), *files(None, contact=contact)) if path.endswith("security.txt")]


def test_a_header_that_cannot_be_quoted_is_our_bug():
    with pytest.raises(ValueError, match="cannot be quoted"):
        hosting_files(brand(), replace(DEMANDS, origins=(("img-src", 'https://"x'),)), epoch_s=None)
