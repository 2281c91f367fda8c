"""A small OpenID provider on loopback, with keys of its own, which tests can make slow, endless, wrong or hostile."""

import asyncio
import base64
import hashlib
import socket
import threading
import time
from contextlib import contextmanager, suppress
from functools import cache
from urllib.parse import parse_qs, urlencode

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from themekit.trial.loopback import loopback_server

CLIENT = "studio"
SECRET = "a secret: with / and +"  # noqa: S105 - of nobody
HUGE_BYTES = 100 << 20


@cache
def rsa_key(kid="one"):
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig", "alg": "RS256"})


@cache
def ec_key(kid="curve"):
    return ECKey.generate_key("P-256", {"kid": kid, "use": "sig"})


def encoded(content):
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class FakeProvider:
    """Tests exchange what it says of itself (`document`), of people (`claims`), its keys, and how it signs."""

    def __init__(self, port, host="127.0.0.1"):
        self.issuer = f"http://{host}:{port}/realm"
        self.redirect_uri = "http://127.0.0.1:4100/oidc"
        self.document = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize?tenant=1",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "code_challenge_methods_supported": ["S256"],
        }
        self.claims = {"sub": "user-1", "preferred_username": "ann", "groups": ["writers"]}
        self.keys = [rsa_key().as_dict(private=False), ec_key().as_dict(private=False)]
        self.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, rsa_key())
        self.back = {}
        self.secret = SECRET
        self.public_clients = set()
        self.asked = []
        self._grants = {}

    def app(self):
        return Starlette(
            routes=[
                Route("/realm/.well-known/openid-configuration", self._discover),
                Route("/realm/authorize", self._authorize),
                Route("/realm/token", self._token, methods=["POST"]),
                Route("/realm/keys", self._keys),
                Route("/realm/huge", self._huge),
                Route("/realm/moved", self._moved),
            ]
        )

    def id_token(self, nonce):
        now = int(time.time())
        standard = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        said = {**standard, **self.claims}
        return self.sign({name: value for name, value in said.items() if value is not None})

    async def _discover(self, _request):
        self.asked.append("document")
        return JSONResponse(self.document)

    async def _keys(self, _request):
        self.asked.append("keys")
        return JSONResponse({"keys": self.keys})

    async def _authorize(self, request):
        """Who comes is logged in at once; what is asked for is held against RFC 6749, 7636 and OpenID Connect Core."""
        query = request.query_params
        is_good = (
            query["response_type"] == "code"
            and query["client_id"] == CLIENT
            and "openid" in query["scope"].split()
            and query["code_challenge_method"] == "S256"
            and query["tenant"] == "1"
            and query["redirect_uri"] == self.redirect_uri
        )
        if not is_good:
            return Response("no", 400)
        code = f"code/{len(self._grants)}+="
        self._grants[code] = dict(query)
        back = {"code": code, "state": query["state"], **self.back}
        return RedirectResponse(f"{query['redirect_uri']}?{urlencode(back)}", 302)

    async def _token(self, request):
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        self.asked.append(form)
        grant = self._grants.pop(form.get("code"), None)  # once
        if not self._is_client(request, form):
            return JSONResponse({"error": "invalid_client"}, 401)
        challenge = encoded(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if grant is None or form["redirect_uri"] != grant["redirect_uri"] or challenge != grant["code_challenge"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": self.id_token(grant["nonce"])})

    def _is_client(self, request, form):
        if form.get("client_id") in self.public_clients:
            return "client_secret" not in form
        if "client_secret" in form:
            return (CLIENT, self.secret) == (form["client_id"], form["client_secret"])
        pair = urlencode({CLIENT: self.secret}).replace("=", ":")
        return request.headers.get("authorization") == f"Basic {base64.b64encode(pair.encode()).decode()}"

    async def _moved(self, _request):
        return RedirectResponse(f"{self.issuer}/keys", 302)

    async def _huge(self, _request):
        self.asked.append("huge")
        return Response(b" " * HUGE_BYTES, media_type="application/json")


@contextmanager
def serving_provider(host="127.0.0.1"):
    """One that answers on loopback, by this name."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    provider = FakeProvider(listening.getsockname()[1], host)
    server = loopback_server(provider.app())
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])))
    thread.start()
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(20)
        listening.close()


@contextmanager
def dripping_server(head=b"", pause_s=0.1):
    """Takes connections, and sends a byte now and then, for ever; the port is given back."""
    listening = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def serve():
        with suppress(OSError):
            connection, _ = listening.accept()
            with connection, suppress(OSError):
                connection.sendall(head)
                while not is_over.wait(pause_s):
                    connection.sendall(b"x")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        is_over.set()
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(20)
