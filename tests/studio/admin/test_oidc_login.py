"""Login by an OpenID provider: from the button to a session, and every way in which what comes back may be wrong."""

import hmac
import html
import http.client
import json
import re
import time
from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest
from admin_actors import PASSWORD
from admin_office import BASE, Office, Person
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256, SHA512
from joserfc import jws, jwt
from joserfc.jwk import RSAKey
from oidc_provider import CLIENT, SECRET, ec_key, encoded, rsa_key, serving_provider
from policy_project import WEAKER, add_people, good_attacks, write_project

from themekit.studio.admin.keeping import kept_folder
from themekit.studio.admin.login_limits import FREE_BY_NAME
from themekit.studio.admin.oidc.fetching import NoAnswer
from themekit.studio.admin.oidc.login import PENDING_S, Logins
from themekit.studio.admin.oidc.provider import discovered
from themekit.studio.admin.oidc.settings import OidcSettings, SettingsFile
from themekit.studio.admin.sessions import Sessions
from themekit.studio.admin.users import Role

VARIABLE = "STUDIO_CLIENT_SECRET"
ROLES = ((Role.AUTHOR, ("writers", "admins")), (Role.REVIEWER, ("readers",)), (Role.PUBLISHER, ("admins",)))
FROM_ELSEWHERE = {
    "cookie": None,
    "sec_fetch_site": "cross-site",
    "sec_fetch_mode": "navigate",
    "sec_fetch_dest": "document",
}


@pytest.fixture(scope="module")
def served():
    with serving_provider() as provider:
        yield provider


@pytest.fixture
def provider(served):
    """The same one for all tests, as new."""
    port = urlsplit(served.issuer).port
    served.__init__(port)
    return served


@pytest.fixture
def root(tmp_path):
    write_project(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def kept(root):
    return kept_folder(root)


@pytest.fixture
def settings(provider):
    return OidcSettings(provider.issuer, CLIENT, "groups", ROLES, f"env:{VARIABLE}", name="Example ID")


@pytest.fixture
def office(root, kept, users, clock, settings, monkeypatch):
    add_people(users)
    monkeypatch.setenv(VARIABLE, SECRET)
    SettingsFile(kept).write(settings)
    return Office(root, users=users, sessions=Sessions(clock), attack=good_attacks)


class Browser:
    """Somebody's, which keeps the cookie of a login and follows where it is led."""

    def __init__(self, office):
        self.office = office
        self.cookie = ""

    @property
    def cookies(self):
        return "; ".join(filter(None, (self.office.call.own["cookie"], self.cookie)))

    def begin(self):
        answer = self.office.call("POST", f"{BASE}/oidc/begin", {}, cookie=self.cookies)
        if answer.status == 200:
            self.cookie = answer.header("set-cookie").partition(";")[0]
        return answer

    def visit(self, url):
        """The provider's answer leads back: the query that it leads back with."""
        parts = urlsplit(url)
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20)
        connection.request("GET", f"{parts.path}?{parts.query}")
        answer = connection.getresponse()
        connection.close()
        assert 302 == answer.status
        address, _, query = answer.headers["location"].partition("?")
        assert self.office.origins.studio() + "/oidc" == address
        return query

    def return_(self, query):
        """What the page finds in its address after the passage: `{state, code, …}`."""
        answer = self.office.call("GET", f"/oidc?{query}", **FROM_ELSEWHERE)
        assert 200 == answer.status, answer.body
        led = re.search(r'content="0;url=/gateway.html#([^"]*)"', answer.body.decode()).group(1)
        said = dict(parse_qsl(html.unescape(led)))
        return {"issuer" if name == "iss" else name: value for name, value in said.items()}

    def finish(self, returned):
        return self.office.call("POST", f"{BASE}/oidc/finish", returned, cookie=self.cookies)

    def login(self):
        begun = self.begin()
        if begun.status != 200:
            return begun
        return self.finish(self.return_(self.visit(begun.json["url"])))


@pytest.fixture
def browser(office):
    return Browser(office)


def refusal(answer):
    assert answer.header("set-cookie") is None
    return answer.status, answer.json["error"]


def everything(office):
    """All that is kept and written of a project's admin."""
    return b"".join(path.read_bytes() for path in office.door.kept.rglob("*") if path.is_file())


# The way in


def test_from_the_button_to_a_session_like_any_other(office, browser):
    assert {"name": "Example ID"} == office.call("GET", f"{BASE}/oidc").json
    answer = browser.login()
    assert (200, "oidc:ann", ["author"]) == (answer.status, answer.json["name"], answer.json["roles"])
    own = [value for name, value in answer.headers if name == "set-cookie"]
    assert own[0].startswith("themekit-admin-4100=")
    assert {"HttpOnly", "SameSite=strict", "Path=/api/admin"} == set(own[0].split("; ")[1:])
    assert "Max-Age=0" in own[1]
    ann = Person(office, "oidc:ann", answer)
    assert "oidc:ann" == ann("GET", f"{BASE}/session").json["name"]
    assert 201 == ann("POST", f"{BASE}/policies/acme/submissions", {"reason": ""}, seen=drafted(ann)).status
    assert ["logged-in"] == office.actions[:1]
    assert "oidc:ann" == office.door.log.records()[0].entry.actor


def drafted(person):
    return person.draft({"maxBodyBytes": 512}).json["draft"]["digest"]


def test_what_is_sent_out_has_a_challenge_a_state_and_a_nonce_and_nothing_twice(browser):
    asked = [parse_qs(urlsplit(browser.begin().json["url"]).query) for _ in range(2)]
    for name in ("state", "nonce", "code_challenge"):
        one, other = (each[name][0] for each in asked)
        assert one != other
        assert len(one) >= 43
    assert ["openid profile"] == asked[0]["scope"]


def test_the_cookie_of_a_login_is_seen_by_no_script_and_sent_by_no_other_site(browser):
    name, *attributes = browser.begin().header("set-cookie").split("; ")
    assert name.startswith("themekit-oidc-4100=")
    assert {"HttpOnly", "SameSite=strict", "Path=/api/admin/oidc", "Max-Age=600"} == set(attributes)


@pytest.mark.parametrize("methods", [["client_secret_post"], ["client_secret_basic", "client_secret_post"], None])
def test_the_secret_is_sent_as_the_provider_takes_it_and_kept_nowhere(office, browser, provider, methods):
    provider.document["token_endpoint_auth_methods_supported"] = methods or ["private_key_jwt"]
    answer = browser.login()
    assert 200 == answer.status
    assert SECRET.encode() not in everything(office) + answer.body


def test_a_public_client_has_no_secret(browser, provider, kept, settings):
    provider.public_clients.add(CLIENT)
    SettingsFile(kept).write(replace(settings, secret=""))
    assert 200 == browser.login().status


def test_a_signature_by_a_curve_is_as_good(browser, provider):
    provider.sign = lambda claims: jwt.encode({"alg": "ES256", "kid": "curve"}, claims, ec_key())
    assert 200 == browser.login().status


def test_keys_that_were_changed_are_known_at_once(browser, provider):
    assert 200 == browser.login().status
    provider.keys = [rsa_key("two").as_dict(private=False)]
    provider.sign = lambda claims: jwt.encode({"alg": "RS256", "kid": "two"}, claims, rsa_key("two"))
    assert 200 == browser.login().status


def test_of_one_key_a_token_need_not_say_the_name(browser, provider):
    provider.keys = provider.keys[:1]
    provider.sign = lambda claims: jwt.encode({"alg": "RS256"}, claims, rsa_key())
    assert 200 == browser.login().status


def test_roles_may_stand_deeper_and_there_may_be_several(browser, provider, kept, settings):
    SettingsFile(kept).write(replace(settings, claim="realm_access.roles"))
    provider.claims |= {"groups": None, "realm_access": {"roles": ["admins", "readers", 7]}}
    assert ["author", "reviewer", "publisher"] == browser.login().json["roles"]


def test_without_a_provider_there_is_no_button_and_no_way(root, users):
    office = Office(root, users=users, sessions=None, attack=good_attacks)
    assert {"name": ""} == office.call("GET", f"{BASE}/oidc").json
    assert (404, "no-provider") == refusal(office.call("POST", f"{BASE}/oidc/begin", {}))
    assert (404, "no-provider") == refusal(office.call("POST", f"{BASE}/oidc/finish", {"state": "x"}))


# Names, and four eyes


def test_somebody_of_the_provider_is_not_the_local_user_of_that_name(office, browser):
    theirs = Person(office, "oidc:ann", browser.login())
    number = theirs.submit(WEAKER)
    rob = office.person("rob")
    assert 200 == rob.approve(number).status
    assert ["oidc:ann"] == rob.submission(number)["authors"]
    assert ["rob"] == rob.submission(number)["approvers"]


def test_nobody_approves_their_own_work_by_another_username(office, browser, provider):
    """Who somebody is, `sub` says: the username can be changed there, and the name here stays."""
    number = Person(office, "", browser.login()).submit(WEAKER)
    provider.claims |= {"preferred_username": "somebody-else", "groups": ["admins"]}
    again = Person(office, "", browser.login())
    assert "oidc:ann" == again("GET", f"{BASE}/session").json["name"]
    assert "own-work" == again.approve(number).json["error"]


def test_a_username_that_was_given_to_somebody_else_is_not_theirs_here(browser, provider):
    browser.login()
    provider.claims |= {"sub": "user-2", "preferred_username": "Ann"}
    assert (403, "no-name") == refusal(browser.login())


def test_an_approval_counts_while_its_giver_may_give_one(office, browser, provider, kept, settings):
    number = office.person("ann").submit(WEAKER)
    provider.claims["groups"] = ["readers"]
    reviewer = Person(office, "", browser.login())
    assert 200 == reviewer.approve(number).status
    rob = office.person("rob")
    assert ["oidc:ann"] == rob.submission(number)["approvers"]
    SettingsFile(kept).write(replace(settings, roles=((Role.REVIEWER, ("others",)),)))
    assert [] == rob.submission(number)["approvers"]
    assert 401 == reviewer("GET", f"{BASE}/session").status
    SettingsFile(kept).write(settings)
    assert ["oidc:ann"] == rob.submission(number)["approvers"]
    SettingsFile(kept).remove()
    assert [] == rob.submission(number)["approvers"]


def test_who_lost_the_roles_there_has_none_here(office, browser, provider):
    before = Person(office, "", browser.login())
    provider.claims["groups"] = ["guests"]
    assert (403, "no-role") == refusal(browser.login())
    assert 401 == before("GET", f"{BASE}/session").status
    assert ["logged-in", "login-failed"] == office.actions


def test_who_was_taken_out_is_out_at_once(office, browser):
    before = Person(office, "", browser.login())
    assert office.door.people.remove("oidc:ann")
    assert not office.door.people.remove("oidc:ann")
    assert 401 == before("GET", f"{BASE}/session").status


def test_what_cannot_be_written_down_is_not_done(office, browser, kept):
    office.login("ann")
    (kept / "audit.jsonl").unlink()
    answer = browser.login()
    assert (500, "cannot-go-on") == refusal(answer)
    assert not (kept / "oidc-users.json").exists()


@pytest.mark.parametrize(
    ("preferred", "name"), [(None, "oidc:user-1"), ("a b", "oidc:user-1"), ("x" * 500, "oidc:user-1")]
)
def test_without_a_username_that_can_be_shown_the_name_is_the_subject(browser, provider, preferred, name):
    provider.claims["preferred_username"] = preferred
    assert name == browser.login().json["name"]


# What comes back is not what was begun


def test_a_state_of_nobody_opens_nothing(browser):
    returned = browser.return_(browser.visit(browser.begin().json["url"]))
    assert (403, "unknown-login") == refusal(browser.finish({**returned, "state": "x" * 43}))
    assert (403, "unknown-login") == refusal(browser.finish({**returned, "state": ""}))


def test_a_login_is_finished_once(browser):
    returned = browser.return_(browser.visit(browser.begin().json["url"]))
    assert 200 == browser.finish(returned).status
    assert (403, "unknown-login") == refusal(browser.finish(returned))


def test_a_login_that_another_browser_began_is_not_ended_here(office, browser, provider):
    """Nobody is logged in as the attacker by being led here, and no code of ours can be taken elsewhere."""
    mine = browser.return_(browser.visit(browser.begin().json["url"]))
    other = Browser(office)
    assert (403, "unknown-login") == refusal(other.finish(mine))
    other.begin()
    assert (403, "unknown-login") == refusal(other.finish(mine))
    assert (403, "unknown-login") == refusal(browser.finish(mine)), "a try ends it"
    assert all(not isinstance(each, dict) for each in provider.asked)


def test_a_code_of_another_login_is_not_taken(browser):
    one = browser.return_(browser.visit(browser.begin().json["url"]))
    two = browser.return_(browser.visit(browser.begin().json["url"]))
    answer = browser.finish({**two, "code": one["code"]})
    assert (502, "no-provider") == refusal(answer)
    assert "invalid_grant" in answer.json["message"]


def test_a_login_that_took_too_long_is_over(office, browser, clock):
    office.admin.oidc._logins = Logins(clock)
    returned = browser.return_(browser.visit(browser.begin().json["url"]))
    clock.wait(PENDING_S)
    assert (403, "login-expired") == refusal(browser.finish(returned))


def test_a_login_ends_with_the_settings_it_was_begun_with(browser, kept, settings):
    returned = browser.return_(browser.visit(browser.begin().json["url"]))
    SettingsFile(kept).write(replace(settings, client_id="other"))
    assert (403, "unknown-login") == refusal(browser.finish(returned))


def test_the_provider_may_refuse_and_its_words_are_not_shown_as_they_come(browser, provider):
    provider.back = {"error": "access_denied"}
    answer = browser.login()
    assert (403, "provider-refused") == refusal(answer)
    assert "access_denied" in answer.json["message"]
    provider.back = {"error": "<script>alert(1)</script>"}
    assert "script" not in browser.login().json["message"]


@pytest.mark.parametrize(
    ("issuer", "names_itself", "is_good"),
    [
        ("", False, True),
        ("own", False, True),
        ("own", True, True),
        ("", True, False),
        ("https://evil.example", False, False),
    ],
)
def test_another_provider_s_answer_is_not_taken(browser, provider, issuer, names_itself, is_good):
    provider.document["authorization_response_iss_parameter_supported"] = names_itself
    provider.back = {"iss": provider.issuer if issuer == "own" else issuer} if issuer else {}
    answer = browser.login()
    assert is_good == (answer.status == 200)
    if not is_good:
        assert (403, "wrong-issuer") == refusal(answer)


# ID tokens that are not what was asked for

NOW = int(time.time())
BAD_CLAIMS = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "a nonce that is no text": {"nonce": 7},
    "over": {"exp": NOW - 3600},
    "no end": {"exp": None},
    "an endless end": {"exp": float("inf")},
    "an end that is no number": {"exp": "9999999999"},
    "an end that is true": {"exp": True},
    "made long ago": {"iat": NOW - 3600},
    "made in the future": {"iat": NOW + 10**7},
    "not said when it was made": {"iat": None},
    "not good yet": {"nbf": NOW + 10**7},
    "for another client": {"aud": "other"},
    "for several others": {"aud": ["other", "more"]},
    "for nobody": {"aud": None},
    "for several, and it is not said whose": {"aud": [CLIENT, "other"]},
    "for several, given to another": {"aud": [CLIENT, "other"], "azp": "other"},
    "given to another client": {"azp": "other"},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "of an issuer with a slash more": {"iss": "slash"},
    "of nobody": {"sub": None},
    "of an empty name": {"sub": ""},
    "of a number": {"sub": 7},
    "of a name that is not ASCII": {"sub": "ä"},
    "of a very long name": {"sub": "x" * 256},
}


@pytest.mark.parametrize("case", BAD_CLAIMS)
def test_a_token_with_other_claims_is_refused(office, browser, provider, case):
    claims = BAD_CLAIMS[case]
    provider.claims |= {"iss": provider.issuer + "/"} if claims.get("iss") == "slash" else claims
    assert (403, "bad-token") == refusal(browser.login())
    assert [] == office.actions


def test_a_token_for_several_that_was_given_to_us_is_good(browser, provider):
    provider.claims |= {"aud": [CLIENT, "other"], "azp": CLIENT}
    assert 200 == browser.login().status


def signing(header, signature=lambda _: b""):
    """Tokens that a library would not make: any header, and a signature of whatever kind."""

    def sign(claims):
        parts = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
        return f"{parts}.{encoded(signature(parts.encode()))}"

    return sign


def shared(secret):
    return lambda content: hmac.new(secret, content, "sha256").digest()


def own(content, digest=SHA256()):  # noqa: B008 - a value
    """The provider's own signature, as in a good token."""
    return rsa_key().private_key.sign(content, PKCS1v15(), digest)


def by(key, **header):
    return lambda claims: jwt.encode(header, claims, key, algorithms=[header["alg"]])


def by_text(payload):
    """A good signature of what is no set of claims."""
    return lambda _: jws.serialize_compact({"alg": "RS256", "kid": "one"}, payload, rsa_key())


def changed(claims):
    head, _, signature = by(rsa_key(), alg="RS256", kid="one")(claims).split(".")
    return f"{head}.{encoded(json.dumps({**claims, 'groups': ['admins']}).encode())}.{signature}"


FOREIGN = RSAKey.generate_key(2048, {"kid": "one"})
PEM, NUMBERS = rsa_key().as_pem(private=False), json.dumps(rsa_key().as_dict(private=False)).encode()
BAD_TOKENS = {
    "unsigned": signing({"alg": "none"}),
    "unsigned, with the name of a key": signing({"alg": "none", "kid": "one"}),
    "unsigned, in capitals": signing({"alg": "NONE", "kid": "one"}, own),
    "without a signature": signing({"alg": "RS256", "kid": "one"}),
    "without an algorithm": signing({"kid": "one"}, own),
    "with a list of algorithms": signing({"alg": ["RS256"], "kid": "one"}, own),
    "HS256 with the public key": signing({"alg": "HS256", "kid": "one"}, shared(PEM)),
    "HS256 with the public key's numbers": signing({"alg": "HS256", "kid": "one"}, shared(NUMBERS)),
    "HS256 with the client's secret": signing({"alg": "HS256"}, shared(SECRET.encode())),
    "RS512": signing({"alg": "RS512", "kid": "one"}, lambda content: own(content, SHA512())),
    "ES256 with the name of the other key": by(ec_key(), alg="ES256", kid="one"),
    "an unknown key": by(rsa_key(), alg="RS256", kid="three"),
    "a key's name that is no text": signing({"alg": "RS256", "kid": ["one"]}, own),
    "another's key of that name": by(FOREIGN, alg="RS256", kid="one"),
    "a key that the token brings": by(FOREIGN, alg="RS256", kid="x", jwk=FOREIGN.as_dict(private=False)),
    "something critical that nobody knows": signing({"alg": "RS256", "kid": "one", "crit": ["x"], "x": 1}, own),
    "claims that were changed": changed,
    "no token": lambda _: "x",
    "an empty one": lambda _: "",
    "two parts": lambda _: "x.y",
    "five parts": lambda _: "a.b.c.d.e",
    "no object": by_text(b"[1]"),
    "too deep": by_text(b'{"a":' * 10_000 + b"1" + b"}" * 10_000),
    "a number of 5000 digits": by_text(b'{"exp":' + b"9" * 5000 + b"}"),
}


def test_what_signs_by_hand_signs_well(browser, provider):
    """Else the cases here would be refused for another reason than theirs."""
    provider.sign = signing({"alg": "RS256", "kid": "one"}, own)
    assert 200 == browser.login().status


@pytest.mark.parametrize("case", BAD_TOKENS)
def test_a_token_that_is_not_signed_by_the_provider_is_refused(office, browser, provider, case):
    provider.claims["groups"] = ["admins"]
    provider.sign = BAD_TOKENS[case]
    assert (403, "bad-token") == refusal(browser.login())
    assert [] == office.actions


@pytest.mark.parametrize("case", [name for name in BAD_TOKENS if name.startswith(("unsigned", "HS256", "RS512"))])
def test_another_algorithm_is_refused_before_a_key_is_looked_for(browser, provider, case):
    provider.sign = BAD_TOKENS[case]
    assert "not signed by RS256 or ES256" in browser.login().json["message"]


def test_without_a_name_it_must_be_clear_which_key_it_is(browser, provider):
    provider.keys = [rsa_key().as_dict(private=False), rsa_key("two").as_dict(private=False)]
    provider.sign = by(rsa_key(), alg="RS256")
    assert (403, "bad-token") == refusal(browser.login())


BAD_KEYS = {
    "none": [],
    "for encryption": [{**rsa_key().as_dict(private=False), "use": "enc"}],
    "for another algorithm": [{**rsa_key().as_dict(private=False), "alg": "RS512"}],
    "a shared secret": [{"kty": "oct", "kid": "one", "k": "c2VjcmV0"}],
    "short": [{"kty": "RSA", "kid": "one", "n": encoded(b"\xff" * 128), "e": "AQAB"}],
    "long": [{"kty": "RSA", "kid": "one", "n": encoded(b"\xff" * 100_000), "e": "AQAB"}],
    "with a long exponent": [{**rsa_key().as_dict(private=False), "e": encoded(b"\xff" * 255)}],
    "without numbers": [{"kty": "RSA", "kid": "one"}],
    "of no base64": [{"kty": "RSA", "kid": "one", "n": "ä" * 400, "e": "AQAB"}],
    "twice": [rsa_key().as_dict(private=False), rsa_key("two").as_dict(private=False) | {"kid": "one"}],
    "no objects": [1, None, "x"],
}


@pytest.mark.parametrize("case", BAD_KEYS)
def test_a_key_that_is_not_for_this_verifies_nothing(browser, provider, case):
    provider.keys = BAD_KEYS[case]
    assert (403, "bad-token") == refusal(browser.login())


@pytest.mark.parametrize(
    "groups", [None, [], "writer", ["Writers"], {"writers": True}, [["writers"]], "writers readers"]
)
def test_without_a_value_that_gives_a_role_nobody_is_let_in(office, browser, provider, groups):
    provider.claims["groups"] = groups
    answer = browser.login()
    assert (403, "no-role") == refusal(answer)
    assert "no role here" in answer.json["message"]
    assert [] == office.actions


# The provider itself


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "https://evil.example"},
        {"issuer": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"token_endpoint": "http://evil.example/token"},
        {"token_endpoint": "https://user@evil.example/token"},
        {"jwks_uri": None},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": "https://evil.example:99999/"},
        {"jwks_uri": "https://evil.example/\r\nHost: x"},
    ],
    ids=str,
)
def test_a_document_that_leads_elsewhere_is_not_followed(browser, provider, changes):
    provider.document |= changes
    answer = browser.begin()
    assert (502, "no-provider") == refusal(answer)


@pytest.mark.parametrize("name", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_elsewhere_leads_to_nothing_on_this_machine(monkeypatch, name):
    """Else it could have the Studio ask what only this machine may."""
    issuer = "https://id.example"
    good = dict.fromkeys(("authorization_endpoint", "token_endpoint", "jwks_uri"), f"{issuer}/x")
    document = {"issuer": issuer, **good}
    monkeypatch.setattr("themekit.studio.admin.oidc.provider.fetch", lambda _: document)
    assert f"{issuer}/x" == discovered(issuer).jwks_uri
    document[name] = "http://127.0.0.1:4100/x"
    with pytest.raises(NoAnswer, match=name):
        discovered(issuer)


@pytest.mark.parametrize("place", ["huge", "moved", "nowhere"])
@pytest.mark.parametrize("endpoint", ["jwks_uri", "token_endpoint"])
def test_a_provider_that_answers_otherwise_is_no_provider(browser, provider, endpoint, place):
    provider.document[endpoint] = f"{provider.issuer}/{place}"
    started_s = time.monotonic()
    assert (502, "no-provider") == refusal(browser.login())
    assert time.monotonic() - started_s < 30


def test_without_its_variable_nothing_is_sent(browser, provider, monkeypatch):
    monkeypatch.delenv(VARIABLE)
    answer = browser.begin()
    assert (500, "no-secret") == refusal(answer)
    assert VARIABLE in answer.json["message"]
    assert [] == provider.asked


def test_logins_that_are_begun_and_not_ended_have_to_wait(office, browser, clock):
    office.admin.oidc._limits._clock = clock
    statuses = [browser.begin().status for _ in range(FREE_BY_NAME + 2)]
    assert [200] * FREE_BY_NAME + [429] * 2 == statuses
    clock.wait(1)
    assert 200 == browser.login().status
    assert 200 == browser.begin().status
    assert 200 == office.login("rob", PASSWORD).status


# The guard


@pytest.mark.parametrize(
    "headers", [{"origin": "https://evil.example"}, {"cookie": None}, {"content_type": "text/plain"}]
)
@pytest.mark.parametrize("path", ["begin", "finish"])
def test_another_site_begins_and_ends_no_login(office, provider, path, headers):
    answer = office.call("POST", f"{BASE}/oidc/{path}", {}, **headers)
    assert answer.status in {401, 403, 415}
    assert [] == provider.asked


def test_the_way_back_knows_nothing_and_writes_what_it_was_given_as_text(office):
    assert 400 == office.call("GET", '/oidc?state="><script>', **FROM_ELSEWHERE).status
    assert 400 == office.call("GET", "/oidc", **FROM_ELSEWHERE).status
    answer = office.call("GET", "/oidc?state='&code=1;url=x", **FROM_ELSEWHERE)
    assert b"0;url=/gateway.html#state=&#x27;&amp;code=1;url=x" in answer.body
    assert answer.header("set-cookie") is None
    assert "no-store" == answer.header("cache-control")


@pytest.mark.parametrize(
    "headers",
    [
        {**FROM_ELSEWHERE, "sec_fetch_dest": "iframe"},
        {**FROM_ELSEWHERE, "sec_fetch_mode": "no-cors", "sec_fetch_dest": "image"},
        {**FROM_ELSEWHERE, "host": "evil.example:4100"},
        {**FROM_ELSEWHERE, "origin": "https://evil.example"},
    ],
    ids=str,
)
def test_the_way_back_is_for_a_tab_that_is_led_there(office, headers):
    assert office.call("GET", "/oidc?state=1", **headers).status in {403, 421}
