"""The 46 hostile requests of tests/cases/hostile_requests.md, byte by byte, at both running servers.

Each has the secrets that a user has, so that what refuses it is the rule in question and not a missing cookie.
"""

import json
import re
import socket
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest
from previewing import previewed

from themekit.build.scaffold import write_scaffold
from themekit.studio.serving.guard import Origins

CASES = (Path(__file__).parents[2] / "cases" / "hostile_requests.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^- (\w+) (.*)$", CASES, re.MULTILINE)
TRAVERSALS = re.findall(r"^- `(.*)`$", CASES, re.MULTILINE)
pytestmark = pytest.mark.slow

REFUSED = {400, 401, 403, 404, 405, 415, 421}
MARK = "a file outside of the project"
TOKENS = '{"glow": {"$type": "color", "$value": "#123456"}}'
VERSION = sha256(TOKENS.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Reply:
    status: int
    head: str
    body: bytes

    def header(self, name):
        found = re.search(rf"^{name}: (.*)$", self.head, re.MULTILINE | re.IGNORECASE)
        return found.group(1).strip() if found else None


@dataclass(frozen=True)
class Server:
    """One of the two, as a client that speaks to it in bytes."""

    port: int
    start: str
    cookie: str
    good: str
    """A path that answers 200."""

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self):
        return f"http://{self.host}"

    def raw(self, content):
        with socket.create_connection(("127.0.0.1", self.port), timeout=300) as client:
            client.sendall(content)
            client.settimeout(300)
            got = b""
            while b"\r\n\r\n" not in got and (part := client.recv(65536)):
                got += part
            head, _, body = got.partition(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            while length and len(body) < int(length.group(1)) and (part := client.recv(65536)):
                body += part
        status = re.match(rb"HTTP/1\.1 (\d{3})", head)
        return Reply(int(status.group(1)) if status else 0, head.decode("latin-1"), body)

    def ask(self, path, *lines, method="GET", host=..., body=b"", **headers):
        """A request with the user's secrets. `lines` are headers as they stand; `host` None leaves it out."""
        target = path if path.startswith("http") else self.start + path
        given = [f"Host: {self.host if host is ... else host}"] if host is not None else []
        given += lines
        given += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookie and "Cookie" not in headers:
            given.append(f"Cookie: {self.cookie}")
        if body:
            given.append(f"Content-Length: {len(body)}")
        text = "\r\n".join([f"{method} {target} HTTP/1.1", *given, "Connection: close", "", ""])
        return self.raw(text.encode("latin-1") + body)

    def web_socket(self, host=..., **headers):
        key = {"Upgrade": "websocket", "Sec_WebSocket_Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec_WebSocket_Version": "13"}
        return self.ask(self.good, "Connection: Upgrade", host=host, **key, **headers)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    """A project with much beside it that is nobody's business; the tokens of one brand stand in files."""
    folder = tmp_path_factory.mktemp("hostile")
    root = folder / "project"
    write_scaffold(root)
    acme = root / "brands" / "acme"
    text = (acme / "brand.json").read_text(encoding="utf-8").rstrip().removesuffix("}")
    (acme / "brand.json").write_text(f'{text}, "tokens": ["t.json", "linked.json"]}}\n', encoding="utf-8")
    (acme / "t.json").write_text(TOKENS, encoding="utf-8")
    (folder / "linked.json").write_text(TOKENS, encoding="utf-8")
    (acme / "linked.json").symlink_to(folder / "linked.json")
    (folder / "secret.txt").write_text(MARK, encoding="utf-8")
    (folder / "secret").mkdir()
    (folder / "secret" / "brand.json").write_text(f'{{"name": "{MARK}"}}', encoding="utf-8")
    (root / "docs_src" / "leak.txt").symlink_to(folder / "secret.txt")
    (root / "docs_src" / "leaks").symlink_to(folder / "secret")
    (root / "brands" / "linked").symlink_to(folder / "secret")
    (root / ".env").write_text("KEY=1", encoding="utf-8")
    (root / ".git").mkdir()
    (root / ".git" / "config").write_text("[core]", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def origins(root):
    """The servers of a running preview, with the secrets that its user gets."""
    with previewed(root) as running:
        studio_port = int(running.studio.rpartition(":")[2])
        _, _, pages_port, secret, _ = re.split(r"[/:]+", running.pages)
        token = running.first_url.partition("token=")[2]
        reply = Server(studio_port, "", "", "/").ask(f"/?token={token}")
        cookie = re.search(r"=([^;]+);", reply.header("set-cookie")).group(1)
        yield Origins(studio_port, int(pages_port), token, cookie, secret)


@pytest.fixture(scope="module", params=["studio", "pages"])
def server(request, origins):
    if request.param == "studio":
        cookie = f"{origins.cookie_name}={origins.cookie}"
        return Server(origins.studio_port, "", cookie, "/api/brands/acme")
    return Server(origins.pages_port, f"/{origins.secret}", "", "/@client/client.js")


def is_refused(reply):
    """By status, and without content of the project."""
    closed = not reply.status and not reply.body
    return (closed or reply.status in REFUSED) and b"Acme" not in reply.body and MARK.encode() not in reply.body


def asks(server, **headers):
    return [server.ask(server.good, **headers), server.ask("/", **headers)]


CHECKS = {
    "C1": lambda server: server.ask(server.good).status == 200,
    "C2": lambda server: server.ask(server.good, host=f"localhost:{server.port}").status == 200,
    "H1": lambda server: is_refused(server.ask(server.good, host="evil.example")),
    "H2": lambda server: is_refused(server.ask(server.good, host=f"127.0.0.1.evil.example:{server.port}")),
    "H3": lambda server: (
        is_refused(server.ask(server.good, host=f"localhost:{server.port}@evil.example"))
        and is_refused(server.ask(server.good, host=f"evil-localhost:{server.port}"))
    ),
    "H4": lambda server: is_refused(server.ask(server.good, host=None)),
    "H5": lambda server: is_refused(server.ask(server.good, "Host: evil.example")),
    "H6": lambda server: is_refused(server.ask(f"http://evil.example{server.start}{server.good}")),
    "H7": lambda server: is_refused(server.ask(server.good, host=f"127.0.0.1:{server.port + 1}")),
    "O1": lambda server: all(map(is_refused, asks(server, Origin="https://evil.example"))),
    "O2": lambda server: all(map(is_refused, asks(server, Origin="null"))),
    "O3": lambda server: all(map(is_refused, asks(server, Origin="http://127.0.0.1:8000"))),
    "O4": lambda server: is_refused(
        server.ask(
            server.good,
            method="OPTIONS",
            Origin="https://evil.example",
            Access_Control_Request_Method="PUT",
            Access_Control_Request_Private_Network="true",
        )
    ),
    "O5": lambda server: all(
        is_refused(server.ask(server.good, Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors", Sec_Fetch_Dest=place))
        for site in ("cross-site", "same-site")
        for place in ("script", "image", "style", "empty")
    ),
    "W1": lambda server: is_refused(server.web_socket(Origin="https://evil.example")),
    "W2": lambda server: is_refused(server.web_socket(Origin="null")),
    "W3": lambda server: is_refused(server.web_socket(Origin="http://localhost.evil.example")),
    "W4": lambda server: is_refused(server.web_socket(Origin="http://127.0.0.1:8000")),
    "W5": lambda server: is_refused(server.web_socket(host="evil.example")),
    "P": lambda server: all(
        is_refused(server.ask(path, method="POST", body=b'{"name": "x"}', Content_Type="text/plain", Origin=origin))
        for path in ("/", "/api/brands")
        for origin in ("https://evil.example", server.origin)
    ),
    "S1": lambda server: all(
        reply.status in REFUSED | {307} and MARK.encode() not in reply.body
        for path in ("/acme/leak.txt", "/leak.txt", "/leak.txt/", "/api/leak.txt")
        for reply in [server.ask(path)]
    ),
    "S2": lambda server: all(
        MARK.encode() not in server.ask(path).body
        for path in ("/acme/leaks/brand.json", "/linked/", "/api/brands/linked", "/api/project")
    ),
    "D1": lambda server: is_refused(server.ask("/.env")) and is_refused(server.ask("/acme/.env")),
    "D2": lambda server: is_refused(server.ask("/.git/config")) and is_refused(server.ask("/acme/.git/config")),
    "M1": lambda server: all(
        server.ask(server.good, method=method).status in {400, 405}
        for method in ("TRACE", "CONNECT", "DELETE", "PATCH", "PROPFIND", "X")
    ),
    "F1": lambda server: "frame-ancestors" in (server.ask(server.good).header("content-security-policy") or ""),
    "F2": lambda server: server.ask(server.good).header("x-content-type-options") == "nosniff",
    "F3": lambda server: server.ask(server.good).header("cross-origin-resource-policy") == "same-origin",
    "A1": lambda server: all(
        reply.status in {401, 404} and is_refused(reply)
        for path in ("/", server.good, "/api/project", "/acme/")
        for reply in [
            Server(server.port, "", "", path).ask(path),
            Server(server.port, "", "x=1; themekit=2", path).ask(path),
        ]
    ),
    "L1": lambda server: all(
        is_refused(server.raw(b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"))
        for host in (b"\xff\xfe", b"\0", b"[::1", b"a b", b":" * 5000, b"\xe2\x80\xae", b"")
    ),
    "Z": lambda server: server.ask(server.good).status == 200,
}


@pytest.mark.parametrize(("row", "what"), ROWS, ids=[row for row, _ in ROWS])
def test_hostile_request(server, row, what):
    assert CHECKS[row](server), what


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(server, path):
    for start in ("", "/acme", "/api/brands", "/@client"):
        reply = server.ask(start + path)
        assert is_refused(reply), (start, reply.status)
        assert b"root:" not in reply.body
    outside = Server(server.port, "", server.cookie, "/").ask(path)
    assert is_refused(outside)
    assert b"root:" not in outside.body


def test_all_46_are_asked():
    assert 46 == len(ROWS) + len(TRAVERSALS)
    assert set(CHECKS) == {row for row, _ in ROWS}


def test_no_answer_invites_other_origins(server):
    """Nor tells what answers."""
    for reply in (
        server.ask(server.good),
        server.ask(server.good, Origin="https://evil.example"),
        server.ask(server.good, method="OPTIONS", Origin=server.origin, Access_Control_Request_Method="PUT"),
    ):
        assert "access-control" not in reply.head.lower()
        assert "uvicorn" not in reply.head.lower()
        assert "no-referrer" == reply.header("referrer-policy")


def test_large_requests_are_refused_and_the_server_lives(server):
    many = [f"X-{number}: {'a' * 100}" for number in range(200)]
    assert server.ask(server.good, *many).status in {400, 431}
    assert server.ask(f"/{'a' * 9000}").status in {400, 414}
    assert server.ask("/x", "Transfer-Encoding: chunked", "Content-Length: 3", method="POST", body=b"abc").status >= 400
    assert 200 == server.ask(server.good).status


def test_a_body_is_not_read_without_end(origins):
    head = (
        f"POST /api/colors HTTP/1.1\r\nHost: 127.0.0.1:{origins.studio_port}\r\n"
        f"Cookie: {origins.cookie_name}={origins.cookie}\r\nOrigin: {origins.studio()}\r\n"
        "Content-Type: application/json\r\nContent-Length: 999999999\r\n\r\n"
    )
    assert 413 == Server(origins.studio_port, "", "", "/").raw(head.encode()).status


def test_the_token_is_exchanged_and_gone(origins):
    stranger = Server(origins.studio_port, "", "", "/")
    for _ in range(2):  # it is the user's as long as the preview runs
        reply = stranger.ask(f"/?token={origins.token}")
        assert (303, "/") == (reply.status, reply.header("location"))
        cookie = reply.header("set-cookie")
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert cookie.startswith(f"themekit-{origins.studio_port}=")
        assert origins.token not in reply.head
        assert 200 == Server(origins.studio_port, "", cookie.partition(";")[0], "/").ask("/api/project").status
    for wrong in ("", "x", origins.token[:-1], origins.token + "a", origins.cookie, origins.secret):
        assert 401 == stranger.ask(f"/?token={wrong}").status
    assert 401 == stranger.ask(f"/api/project?token={origins.token}").status
    assert 401 == stranger.ask("/api/project", Cookie=f"{origins.cookie_name}={origins.token}").status


def test_a_write_needs_all_of_it(origins):
    studio = Server(origins.studio_port, "", f"{origins.cookie_name}={origins.cookie}", "/")
    body = b'{"base64": "eA=="}'
    good = {"Origin": studio.origin, "Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}

    def status(**changed):
        headers = {name: value for name, value in {**good, **changed}.items() if value is not None}
        return studio.ask("/api/colors", method="POST", body=body, **headers).status

    assert 422 == status()
    assert 422 == status(Content_Type="application/json; charset=utf-8")
    assert 403 == status(Origin=None)
    assert 403 == status(Origin=f"http://localhost:{origins.studio_port}")  # not the host that was asked
    assert 403 == status(Origin=origins.pages())
    assert 403 == status(Sec_Fetch_Site="same-site")
    assert 415 == status(Content_Type="text/plain")
    assert 415 == status(Content_Type=None)
    assert 415 == status(Content_Type="application/x-www-form-urlencoded")
    assert 401 == status(Cookie="a=b")


def test_a_tossed_cookie_locks_nobody_out(origins):
    """Pages of the other port may set cookies for this one: another of the same name comes first."""
    studio = Server(origins.studio_port, "", f"{origins.cookie_name}=x; {origins.cookie_name}={origins.cookie}", "/")
    assert 200 == studio.ask("/api/project").status


def test_who_may_lead_here(origins):
    """A link elsewhere may open the Studio's first page, and nothing else; the pages may be framed by the Studio."""
    studio = Server(origins.studio_port, "", f"{origins.cookie_name}={origins.cookie}", "/")
    pages = Server(origins.pages_port, f"/{origins.secret}", "", "/")
    visit = {"Sec_Fetch_Mode": "navigate", "Sec_Fetch_Dest": "document", "Sec_Fetch_Site": "cross-site"}
    framed = {**visit, "Sec_Fetch_Dest": "iframe"}
    assert studio.ask("/", **visit).status in {200, 404}  # without npm there is no page
    assert 403 == studio.ask("/api/project", **visit).status
    assert 403 == studio.ask("/", **framed).status
    assert 403 == studio.ask("/", **{**framed, "Sec_Fetch_Site": "same-origin"}).status
    assert 200 == pages.ask("/@client/client.js", **visit).status
    assert 403 == pages.ask("/@client/client.js", **framed).status
    assert 200 == pages.ask("/@client/client.js", **{**framed, "Sec_Fetch_Site": "same-site"}).status
    policy = pages.ask("/@client/client.js").header("content-security-policy")
    assert f"frame-ancestors 'self' http://127.0.0.1:{origins.studio_port} http://localhost:" in policy


class Writer:
    """Writes a file that the brand's tokens stand in, as the Studio's page does, or with something else."""

    def __init__(self, origins, root):
        self.studio = Server(origins.studio_port, "", f"{origins.cookie_name}={origins.cookie}", "/")
        self.origins = origins
        self.root = root

    def __call__(self, path="brands/acme/t.json", *lines, method="PUT", body=..., host=..., target=None, **headers):
        good = {"Origin": self.studio.origin, "Content_Type": "application/json", "Sec_Fetch_Site": "same-origin"}
        good |= {"If_Match": f'"{VERSION}"'}
        edits = json.dumps({"edits": [{"pointer": "/glow/$value", "value": "#abcdef"}]}).encode()
        given = {name: value for name, value in {**good, **headers}.items() if value is not None}
        return self.studio.ask(
            target or f"/api/brands/acme/sources?path={path}",
            *lines,
            method=method,
            host=host,
            body=edits if body is ... else body,
            **given,
        )

    @property
    def is_untouched(self):
        files = (self.root / "brands" / "acme" / "t.json", self.root.parent / "linked.json")
        return all(TOKENS == file.read_text(encoding="utf-8") for file in files)


@pytest.fixture
def write(origins, root):
    return Writer(origins, root)


SOURCES = "/api/brands/acme/sources?path=brands/acme/t.json"
WRITES = {
    "H1": lambda write: [write(host="evil.example")],
    "H2": lambda write: [write(host=f"127.0.0.1.evil.example:{write.studio.port}")],
    "H3": lambda write: [write(host=f"localhost:{write.studio.port}@evil.example"), write(host="evil-localhost")],
    "H4": lambda write: [write(host=None)],
    "H5": lambda write: [write("brands/acme/t.json", "Host: evil.example")],
    "H6": lambda write: [write(target=f"http://evil.example{SOURCES}")],
    "H7": lambda write: [write(host=f"127.0.0.1:{write.studio.port + 1}")],
    "O1": lambda write: [write(Origin="https://evil.example")],
    "O2": lambda write: [write(Origin="null"), write(Origin=None)],
    "O3": lambda write: [write(Origin="http://127.0.0.1:8000"), write(Origin=write.origins.pages())],
    "O4": lambda write: [write(method="OPTIONS", Access_Control_Request_Method="PUT")],
    "O5": lambda write: [write(Sec_Fetch_Site=site, Sec_Fetch_Mode="no-cors") for site in ("cross-site", "same-site")],
    "W1": lambda write: [write(Upgrade="websocket")],
    "P": lambda write: [write(Content_Type="text/plain"), write(Content_Type=None), write(method="POST")],
    "S1": lambda write: [write("brands/acme/linked.json"), write("docs_src/leak.txt")],
    "S2": lambda write: [write("brands/linked/brand.json"), write("docs_src/leaks/brand.json")],
    "D1": lambda write: [write(".env"), write("brands/acme/.env"), write("brands/acme/../../.env")],
    "D2": lambda write: [write(".git/config")],
    "M1": lambda write: [write(method=method) for method in ("TRACE", "CONNECT", "DELETE", "PATCH", "PROPFIND", "X")],
    "A1": lambda write: [write(Cookie="a=b"), write(Cookie=f"{write.origins.cookie_name}={write.origins.token}")],
    "L1": lambda write: [write(host=host) for host in ("a b", "[::1", ":" * 5000)],
}


@pytest.mark.parametrize("row", sorted(WRITES))
def test_hostile_write_of_a_file(write, row):
    """The same requests at the route that writes files of tokens; what only concerns answers is asked above."""
    for reply in WRITES[row](write):
        assert is_refused(reply) or reply.status in {409, 428}, (row, reply.status)
        assert TOKENS.encode() not in reply.body
    assert write.is_untouched
    assert 412 == write(If_Match='"0000000000000000"').status, "the server is alive, and the good request is good"


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_name_of_a_file_leads_out(write, path):
    for name in (quote(path, safe=""), quote(path[1:], safe=""), quote(f"brands/acme{path}", safe="")):
        reply = write(name)
        assert (404, False) == (reply.status, b"root:" in reply.body), name
        body = json.dumps({"sources": {path: {"edits": []}}}).encode()
        draft = write(target="/api/brands/acme/draft", method="POST", body=body)
        assert (404, False) == (draft.status, b"root:" in draft.body)
    assert write.is_untouched
