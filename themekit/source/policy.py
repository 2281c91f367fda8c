"""A policy file to a `Policy`: merged with what it extends, decided for every operation of the API it names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from themekit.diagnostics import Note, Reporter
from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.model.gateway import Feature
from themekit.model.policy import (
    Acceptance,
    Addresses,
    GatewayId,
    HeaderChange,
    Listen,
    Logging,
    Policy,
    Tls,
    Upstream,
)
from themekit.source import policy_callers
from themekit.source.codes import DUPLICATE_ITEM, INVALID_PATH, INVALID_URL, MISSING_FILE
from themekit.source.did_you_mean import did_you_mean
from themekit.source.extends import Reading, merged
from themekit.source.node import Node
from themekit.source.openapi import SUFFIXES, resolved_path
from themekit.source.policy_codes import (
    INVALID_HEADER,
    INVALID_KEY,
    INVALID_SECRET,
    UNKNOWN_NAME,
    UNKNOWN_OPERATION,
    UNSAFE_POLICY,
)
from themekit.source.policy_fields import DEFAULT_LOG_FIELDS, POLICY
from themekit.source.policy_routes import Callers, operations
from themekit.source.policy_unused import report_unused
from themekit.source.policy_values import (
    base_path,
    distinct,
    header,
    header_value,
    host,
    network,
    refuse_unshown,
    secret,
    sentence,
    word,
)
from themekit.source.secret_texts import without_secrets, written_secrets
from themekit.source.structure import checked
from themekit.source.urls import base_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic, Span
    from themekit.model.outline import ApiOutline
    from themekit.model.policy import LogField
    from themekit.source.node import Item

_HIDING = frozenset({INVALID_SECRET.name, INVALID_KEY.name})
_SET_BY_GATEWAYS = frozenset({"authorization", "x-forwarded-for", "x-forwarded-proto", "x-envoy-original-path"})
_OF_CORS = "access-control-"
_OBJECTS = frozenset({"listen", "upstream", "addresses", "requestHeaders", "responseHeaders", "logging"})
FEATURES = tuple(map(str, Feature))
FILE_HINT = "write a path from the project's folder, as in `docs_src/api/openapi.yaml`"


@dataclass(frozen=True, slots=True)
class PolicyInputs:
    """What `parse_policy` may ask for: a file's bytes or None, a folder's names, and the API of a description.

    `api` gives None for a description with mistakes, which are reported where it is read. `gateways` are the names that
    there are; without any, names of targets are not looked at.
    """

    read: Callable[[PurePosixPath], bytes | None]
    list_folder: Callable[[PurePosixPath], tuple[str, ...]]
    api: Callable[[PurePosixPath], ApiOutline | None]
    gateways: tuple[str, ...] = ()


def parse_policy(
    path: PurePosixPath, content: bytes, *, name: str, inputs: PolicyInputs
) -> tuple[Policy | None, tuple[Diagnostic, ...]]:
    """The policy that the file at `path` (`brands/<id>/policy.json`) describes, and every mistake in it.

    The policy is None if there is an error, or if its API cannot be read. If a secret or a private key may stand in
    the file, no diagnostic shows the line it points to.
    """
    report = Reporter()
    reading = Reading(inputs.read, inputs.list_folder, report, "policy")
    whole = merged(path, content, root=path.parent.parent, reading=reading)
    if whole is None:
        return None, report.diagnostics
    policy_callers.refuse_private_keys(Node(whole.members, "", whole.sources, report))
    members = checked(
        whole.members, POLICY, sources=whole.sources, report=report, is_whole=whole.is_whole, what="a policy"
    )
    policy = _policy(Node(members, "", whole.sources, report), name, inputs)
    told = [each.place for each in report.found if isinstance(each.place, Origin) and _may_hold_secret(each)]
    report.found.extend(written_secrets(whole.members, sources=whole.sources, told=told))
    found = _hidden(report.diagnostics)
    return (None if any(each.is_error for each in found) else policy), found


def _policy(root: Node, name: str, inputs: PolicyInputs) -> Policy | None:
    callers = Callers(
        tokens=policy_callers.tokens(root),
        api_keys=policy_callers.api_keys(root),
        certificates=policy_callers.certificates(root),
        limits=policy_callers.limits(root),
    )
    path = _api_path(root.item("api"), inputs)
    requests, responses = root.node("requestHeaders"), root.node("responseHeaders")
    api = None if path is None else inputs.api(path)
    if api is not None and not api.operations:
        place, hint = root.sources.origin("/api"), "name a description with `paths`"
        root.reporter(UNKNOWN_OPERATION, place, "the API has no operation: there is nothing to decide", hint=hint)
    decided = operations(root, api, callers=callers)
    targets = _targets(root, inputs)
    listen, upstream = _listen(root.node("listen")), _upstream(root.node("upstream"))
    policy = Policy(
        name=name,
        path=root.sources.path,
        api=path or root.sources.path,
        targets=targets,
        listen=listen,
        upstream=upstream,
        addresses=_addresses(root.node("addresses")),
        tokens=callers.tokens,
        api_keys=callers.api_keys,
        certificates=callers.certificates,
        limits=callers.limits,
        request_removed=distinct(requests, "remove", read=header),
        request_set=tuple(_request_headers(requests.node("set"))),
        response_removed=distinct(responses, "remove", read=header),
        response_set=tuple(_response_headers(responses.node("set"))),
        logging=_logging(root.node("logging")),
        operations=decided or (),
        accepted=tuple(_accepted(root, inputs)),
        origins=tuple((pointer, root.sources.origin(pointer, "key")) for pointer in _pointers(root)),
    )
    if decided is not None:
        report_unused(root, decided, callers=callers)
    return None if api is None or decided is None else policy


def _pointers(root: Node) -> Iterator[str]:
    """Every field of the policy itself, and those in an object of it that has a few fields of its own."""
    for key in root.members:
        yield f"/{key}"
        if key in _OBJECTS:
            yield from (f"/{key}/{each}" for each in root.node(key).members)


def _hidden(diagnostics: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The same, without secrets, and without the lines of files in which one was found or is to be feared."""
    files = {each.place.path for each in diagnostics if each.place is not None and _may_hold_secret(each)}

    def hidden(place: Span | Origin | None) -> Span | Origin | None:
        if isinstance(place, Origin) and place.path in files:
            return replace(place, is_hidden=True)
        return place

    return tuple(
        replace(
            each,
            message=without_secrets(each.message),
            hint=None if each.hint is None else without_secrets(each.hint),
            place=hidden(each.place),
            notes=tuple(
                replace(note, message=without_secrets(note.message), place=hidden(note.place)) for note in each.notes
            ),
        )
        for each in diagnostics
    )


def _may_hold_secret(found: Diagnostic) -> bool:
    return found.code in _HIDING or (isinstance(found.place, Origin) and found.place.is_hidden)


def _api_path(item: Item | None, inputs: PolicyInputs) -> PurePosixPath | None:
    text = None if item is None else item.text()
    if item is None or text is None:
        return None
    top = type(item.sources.path)()
    path = None if text.startswith("..") else resolved_path(top / "policy.json", text)
    if path is None:
        kinds = ", ".join(f"`{suffix}`" for suffix in SUFFIXES)
        item.report(INVALID_PATH, f"{item.name}: {quoted(text)} is not a file of the project ({kinds})", hint=FILE_HINT)
        return None
    names = inputs.list_folder(path.parent)
    if path.name not in names:
        hint = did_you_mean(path.name, names) or FILE_HINT
        item.report(MISSING_FILE, f"{item.name}: there is no file {quoted(text)}", hint=hint)
        return None
    return path


def _listen(node: Node) -> Listen:
    tls = node.node("tls")
    certificate, key = secret(tls.item("certificate")), secret(tls.item("key"))
    reason = sentence(node.item("plainText"))
    if node.members and node.has("tls") == node.has("plainText"):
        said = "both `tls` and `plainText`" if node.has("tls") else "neither `tls` nor `plainText`"
        hint = "write `tls` with a certificate and a key, or `plainText` with the reason"
        node.reporter(UNSAFE_POLICY, node.sources.origin(node.pointer), f"`listen` has {said}", hint=hint)
    minimum = "1.3" if tls.choice("minimum", "1.2") == "1.3" else "1.2"
    return Listen(
        hosts=distinct(node, "hosts", read=host),
        port=int(node.number("port", 8443)),
        base_path=base_path(node.item("basePath")) or "",
        tls=None if certificate is None or key is None else Tls(certificate, key, minimum),  # type: ignore[arg-type] # mypy widens the choice
        plain_text=reason or "",
    )


def _upstream(node: Node) -> Upstream:
    item = node.item("url")
    is_refused = item is not None and refuse_unshown(item)
    url = (None if is_refused else base_url(item)) or "https://localhost"
    parts = urlsplit(url)
    if item is not None and (parts.path or (parts.hostname or "").startswith("[")):
        item.report(INVALID_URL, f"{item.name}: {quoted(url)} has a path", hint="end it after the host or the port")
    is_tls = parts.scheme == "https"
    return Upstream(
        host=(parts.hostname or "").lower(),
        port=parts.port or (443 if is_tls else 80),
        is_tls=is_tls,
        connect_timeout_s=node.number("connectTimeoutS", 2.0),
        idle_timeout_s=node.number("idleTimeoutS", 60.0),
    )


def _addresses(node: Node) -> Addresses:
    allow, deny = distinct(node, "allow", read=network), distinct(node, "deny", read=network)
    if node.has("allow") and not node.items("allow"):
        message = "`addresses.allow` is empty: nobody may call, or everybody"
        node.reporter(UNSAFE_POLICY, node.sources.origin(f"{node.pointer}/allow"), message, hint="leave it out for all")
    return Addresses(int(node.number("trustedHops", 0)), allow, deny)


def _request_headers(node: Node) -> list[HeaderChange]:
    found: list[HeaderChange] = []
    for name, shown, item in _headers(node):
        each = node.node(name)
        if shown in _SET_BY_GATEWAYS:
            item.report(INVALID_HEADER, f"the header {quoted(name)} is the gateway's alone", part="key")
            continue
        if each.has("value") == each.has("claim"):
            item.report(INVALID_HEADER, f"{item.name} needs either `value` or `claim`")
            continue
        value, claim = header_value(each.item("value")), word(each.item("claim"))
        if value or claim:
            found.append(HeaderChange(shown, value or "", claim or ""))
    return found


def _response_headers(node: Node) -> list[HeaderChange]:
    found: list[HeaderChange] = []
    for name, shown, item in _headers(node):
        if shown.startswith(_OF_CORS):
            message = f"the header {quoted(name)} would let pages call whatever `cors` says"
            item.report(INVALID_HEADER, message, hint="write it as `cors`", part="key")
            continue
        value = header_value(item)
        if value:
            found.append(HeaderChange(shown, value))
    return found


def _headers(node: Node) -> Iterator[tuple[str, str, Item]]:
    """Each header as written and in lower case, with its value; one that stands twice is reported."""
    first: dict[str, Item] = {}
    for name in node.members:
        item = node.item(name)
        shown = None if item is None else header(item, name)
        if item is None or shown is None:
            continue
        if shown in first:
            notes = [Note("first set here", first[shown].origin("key"))]
            item.report(DUPLICATE_ITEM, f"the header {quoted(shown)} is set twice", notes=notes, part="key")
        first.setdefault(shown, item)
        yield name, shown, item


def _logging(node: Node) -> Logging:
    fields = distinct(node, "fields", read=_text) if node.has("fields") else DEFAULT_LOG_FIELDS
    redacted = distinct(node, "redact", read=_text)
    return Logging(
        tuple(cast("LogField", field) for field in fields), tuple(cast("LogField", field) for field in redacted)
    )


def _targets(root: Node, inputs: PolicyInputs) -> tuple[GatewayId, ...]:
    """Told here, and not only when the whole policy is judged: a policy with other mistakes is not."""
    names = distinct(root, "targets", read=lambda item: _known(item, inputs.gateways, "gateway"))
    return tuple(GatewayId(name) for name in names)


def _known(item: Item | None, names: tuple[str, ...], what: str) -> str | None:
    """A word that is one of these names; any word if there are none."""
    name = word(item)
    if item is None or name is None or not names or name in names:
        return name
    hint = item.names_hint(name, names, label=f"the {what}s are")
    item.report(UNKNOWN_NAME, f"{item.name}: no {what} is named {quoted(name)}", hint=hint)
    return None


def _accepted(root: Node, inputs: PolicyInputs) -> list[Acceptance]:
    """One form for each feature and target: of two, nobody could say which one holds.

    Targets that the policy does not have are looked at, too: it may be a base of others.
    """
    found: list[Acceptance] = []
    first: dict[tuple[str, str], Origin] = {}
    for node in root.nodes("accept"):
        feature = _known(node.item("feature"), FEATURES, "feature")
        target = _known(node.item("target"), inputs.gateways, "gateway")
        form = word(node.item("form"))
        reason = sentence(node.item("reason"))
        if feature and target and form and reason:
            origin = node.sources.origin(node.pointer)
            if first.setdefault((feature, target), origin) != origin:
                notes = [Note("first accepted here", first[feature, target])]
                message = f"two forms of {quoted(feature)} are accepted for {quoted(target)}"
                node.reporter(DUPLICATE_ITEM, origin, message, hint="keep the one that is meant", notes=notes)
            found.append(Acceptance(feature, GatewayId(target), form, reason, origin))
    return found


def _text(item: Item) -> str | None:
    return item.text()
