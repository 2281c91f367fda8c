"""Sites on real web servers with the files they are given: each answer has the headers, and the right type."""

import http.client

import pytest

from tests.site import real_hosts
from tests.site.test_hosting import DEMANDS, brand
from themekit.site.hosting import hosting_files
from themekit.site.hosting.answers import answers_of

SCRIPT = "console.log(1);\n" * 100
SITE = {
    "index.html": "<!doctype html>home",
    "404.html": "<!doctype html>not here",
    "guide/index.html": "<!doctype html>guide",
    "assets/app.js": SCRIPT,
    "assets/site.webmanifest": "{}",
    "packages/npm/boell": "{}",
}
SERVERS = {
    "nginx": pytest.param(
        "nginx", marks=pytest.mark.skipif(real_hosts.NGINX is None, reason="there is no nginx; Debian's nginx-core")
    ),
    "apache": pytest.param(
        "apache", marks=pytest.mark.skipif(real_hosts.APACHE is None, reason="there is no Apache; Debian's apache2-bin")
    ),
}


class Host:
    """A server with a brand's site at an address, and how it answers."""

    def __init__(self, port, base, always):
        self.port, self.base, self.always = port, base, always

    def get(self, path, **headers):
        connection = http.client.HTTPConnection(real_hosts.HOST, self.port, timeout=20)
        connection.request("GET", f"{self.base}{path}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body


@pytest.fixture(params=SERVERS.values())
def server(request):
    return request.param


@pytest.fixture(params=["/", "/docs/"], ids=["root", "below a path"])
def host(request, server, tmp_path):
    of = brand(urls={"site": f"https://boell.example{request.param}"}, sdk={"typescript": {"package": "boell"}})
    root, hosting, state = tmp_path / "root", tmp_path / "hosting", tmp_path / "state"
    state.mkdir()
    site = root / request.param.strip("/")
    written = {f"site/{path}": text.encode() for path, text in SITE.items()}
    written |= {str(each.path): each.content for each in hosting_files(of, DEMANDS, epoch_s=None)}
    for path, content in written.items():
        place = site / path.removeprefix("site/") if path.startswith("site/") else tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    for folder in (tmp_path, *tmp_path.rglob("*")):
        folder.chmod(0o755 if folder.is_dir() else 0o644)
    running = (
        real_hosts.running_nginx(root, hosting, state) if server == "nginx" else real_hosts.running_apache(root, state)
    )
    with running as port:
        yield Host(port, request.param, answers_of(of, DEMANDS).always)


def test_every_answer_has_the_headers(host):
    for path, status in (
        ("", 200),
        ("guide/", 200),
        ("assets/app.js", 200),
        ("nowhere", 404),
        ("packages/npm/boell", 200),
    ):
        found, headers, _ = host.get(path)
        assert (status, host.always) == (found, tuple((name, headers.get(name)) for name, _ in host.always)), path


def test_what_is_not_there_is_answered_with_the_brands_page(host):
    assert (404, b"<!doctype html>not here") == host.get("a/b.html")[::2]
    assert host.get("assets/")[0] in {403, 404}  # no list of a folder's files


def test_types_are_those_that_browsers_and_npm_ask_for(host):
    types = {path: host.get(path)[1]["Content-Type"].partition(";")[0] for path in SITE}
    assert types.pop("assets/app.js") in {"text/javascript", "application/javascript"}
    assert {
        "index.html": "text/html",
        "404.html": "text/html",
        "guide/index.html": "text/html",
        "assets/site.webmanifest": "application/manifest+json",
        "packages/npm/boell": "application/json",
    } == types


@pytest.mark.parametrize("server", [SERVERS["nginx"]])  # Apache's module for it is not for .htaccess to load
def test_a_script_is_compressed_and_still_has_the_headers(host):
    status, headers, body = host.get("assets/app.js", **{"Accept-Encoding": "gzip"})
    assert (200, "gzip") == (status, headers.get("Content-Encoding"))
    assert len(body) < len(SCRIPT) / 4
    assert "nosniff" == headers["X-Content-Type-Options"]


def test_files_for_other_hosts_are_not_shown(host):
    for name in ("_headers", "_redirects", ".htaccess", ".nojekyll"):
        assert host.get(name)[0] in {403, 404}, name
