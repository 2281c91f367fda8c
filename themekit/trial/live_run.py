"""A gateway that runs until it is told to end, and takes each good policy that is saved; a bad one changes nothing."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from themekit.build.gateway import api_examples, is_expressible, policy
from themekit.gateway.requests import Token
from themekit.model.policy import Guarded
from themekit.trial.envoy import EnvoyFailed, running_envoy
from themekit.trial.envoy_files import LOOPBACK, on_loopback, sandbox_upstream
from themekit.trial.keys import fresh_keys, signed
from themekit.trial.sample_api import SampleApi
from themekit.trial.serving import serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path, PurePosixPath

    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.engine import Question
    from themekit.gateway.requests import ClaimValue
    from themekit.model import BrandId
    from themekit.model.policy import OperationPolicy, Policy, TokenIssuer, Upstream
    from themekit.trial.envoy import Envoy
    from themekit.trial.envoy_files import OnLoopback
    from themekit.trial.keys import IssuerKey

    Changed = frozenset[PurePosixPath]

LOOK_S = 0.5  # between two looks at whether Envoy is still there
HALF_WRITTEN_S = 0.03  # an editor that truncates and writes has written by then
TOKEN_S = 8 * 3600
TESTER = "tester"


class PortTaken(Exception):  # noqa: N818 - the state, not a fault
    """The port cannot be listened on; the message says why."""


class Watching(Protocol):
    """Tells of files that were touched, among those that it was told to look at."""

    def look_at(self, leaves: Iterable[Question]) -> None:
        """Watch these, and no others."""
        ...

    def close(self) -> None:
        """Stop."""
        ...


class Teller(Protocol):
    """Hears what happens."""

    def ready(self, url: str, notes: tuple[str, ...], tokens: tuple[tuple[str, str], ...]) -> None:
        """The gateway answers at this address; the tokens are good ones, by the names of their issuers."""
        ...

    def changed(self, files: tuple[str, ...], seconds: float) -> None:
        """Another policy is in force; these files of the gateway are others."""
        ...

    def refused(self, why: tuple[str, ...]) -> None:
        """Envoy did not take the new files; the old ones are in force."""
        ...

    def mistaken(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """What was saved has mistakes; the old policy is in force."""
        ...


@dataclass(slots=True)
class LiveRun:
    """A brand's gateway. `changes` gets what was touched, and None to end."""

    project: Project
    brand_id: BrandId
    teller: Teller
    port: int = 0
    upstream: str = ""
    has_test_keys: bool = False
    changes: SimpleQueue[Changed | None] = field(default_factory=SimpleQueue)
    _keys: dict[str, tuple[IssuerKey, ...]] = field(default_factory=dict)

    def run(self, found: Policy, watch_of: Callable[[Path, Callable[[Changed], None]], Watching]) -> None:
        """Until None is among the changes. Raises EnvoyMissing, EnvoyFailed, PortTaken."""
        with ExitStack() as stack:
            api = None
            if not self.upstream:
                api = SampleApi(found, self.project.engine.get(api_examples, found.api))
            behind = sandbox_upstream(found, stack.enter_context(serving(api))) if api else self._upstream(found)
            self.port = free_port(self.port)
            local = self._local(found, behind)
            watch = watch_of(self.project.root, self.changes.put)
            stack.callback(watch.close)
            self._look(watch, found)
            envoy = stack.enter_context(running_envoy(local.policy))
            self.teller.ready(f"http://{LOOPBACK}:{envoy.port}", local.notes, self._tokens(local.policy))
            for _ in self._saves(envoy):
                found = self._reload(envoy, behind, api) or found
                self._look(watch, found)

    def _saves(self, envoy: Envoy) -> Iterator[None]:
        """Once for each time that something was saved, when it is written."""
        while True:
            try:
                touched = self.changes.get(timeout=LOOK_S)
            except Empty:
                if not envoy.is_alive():
                    raise EnvoyFailed(envoy.log()) from None
                continue
            if touched is None:
                return
            time.sleep(HALF_WRITTEN_S)
            while not self.changes.empty():
                more = self.changes.get()
                if more is None:
                    return
                touched |= more
            self.project.engine.forget(touched)
            yield

    def _reload(self, envoy: Envoy, behind: Upstream, api: SampleApi | None) -> Policy | None:
        """The policy that is in force now; None if it is the one from before."""
        began = time.monotonic()
        engine = self.project.engine
        is_good, found = engine.get(is_expressible, self.brand_id), engine.get(policy, self.brand_id)
        if not is_good or found is None:
            self.teller.mistaken(engine.diagnostics(is_expressible, self.brand_id))
            return None
        before = dict(envoy.files)
        refused = envoy.swap(self._local(found, behind).policy)
        if refused:
            self.teller.refused((*refused, envoy.log()))
            return None
        if api is not None:
            api.change(found, engine.get(api_examples, found.api))
        changed = tuple(name for name, content in envoy.files.items() if before[name] != content)
        self.teller.changed(changed, time.monotonic() - began)
        return found

    def _local(self, found: Policy, behind: Upstream) -> OnLoopback:
        behind = replace(found.upstream, host=behind.host, port=behind.port, is_tls=behind.is_tls)
        return on_loopback(found, behind, port=self.port, keys=self._keys_of(found) if self.has_test_keys else None)

    def _keys_of(self, found: Policy) -> dict[str, tuple[IssuerKey, ...]]:
        """The keys of before where they still fit, so that tokens stay good when a policy is saved."""
        for issuer in found.tokens:
            known = self._keys.get(issuer.name)
            wanted = {(key.id, key.algorithm) for key in issuer.keys}
            if known is None or (wanted and wanted != {(key.id, key.algorithm) for key in known}):
                self._keys |= fresh_keys(replace(found, tokens=(issuer,)))
        return self._keys

    def _look(self, watch: Watching, found: Policy) -> None:
        engine = self.project.engine
        leaves = (*engine.leaves(is_expressible, self.brand_id), *engine.leaves(api_examples, found.api))
        watch.look_at(dict.fromkeys(leaves))

    def _tokens(self, found: Policy) -> tuple[tuple[str, str], ...]:
        if not self.has_test_keys:
            return ()
        now_s = int(time.time())
        return tuple(
            (issuer.name, signed(sample_token(found, issuer, now_s=now_s), self._keys[issuer.name][0]))
            for issuer in found.tokens
        )

    def _upstream(self, found: Policy) -> Upstream:
        return upstream_of(self.upstream, found.upstream)


def upstream_of(url: str, known: Upstream) -> Upstream:
    """The server that the URL names, with all else as in the policy. Raises ValueError for what is no URL of one."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"} or parts.username:
        raise ValueError(f"`{url}` is no address of an API; write http://host:port")
    is_tls = parts.scheme == "https"
    return replace(known, host=parts.hostname, port=parts.port or (443 if is_tls else 80), is_tls=is_tls)


def sample_token(found: Policy, issuer: TokenIssuer, *, now_s: int) -> Token:
    """A token of the issuer with every scope and claim that an operation of the policy asks for."""
    accesses = [each.access for each in _operations_of(found, issuer)]
    guarded = [each for each in accesses if isinstance(each, Guarded)]
    scopes = dict.fromkeys(scope for each in guarded for group in each.scopes for scope in group)
    claims: dict[str, dict[str, None]] = {}
    for each in guarded:
        for name, values in each.claims:
            claims.setdefault(name, {})[values[0]] = None
    said: dict[str, ClaimValue] = {change.claim: TESTER for change in found.request_set if change.claim}
    said |= {name: next(iter(values)) if len(values) == 1 else tuple(values) for name, values in claims.items()}
    said |= {"iss": issuer.issuer, "aud": issuer.audiences[0], "exp": now_s + TOKEN_S, issuer.consumer_claim: TESTER}
    if scopes:
        said[issuer.scope_claim] = " ".join(scopes)
    key = issuer.keys[0]
    return Token(tuple(said.items()), key.id, key.algorithm)


def _operations_of(found: Policy, issuer: TokenIssuer) -> Iterator[OperationPolicy]:
    for each in found.operations:
        if isinstance(each.access, Guarded) and issuer.name in each.access.tokens:
            yield each


def free_port(port: int) -> int:
    """The port itself if it is free, or one that is if it is 0. Raises PortTaken."""
    with _bound(port) as bound:
        return int(bound.getsockname()[1])


@contextmanager
def _bound(port: int) -> Iterator[socket.socket]:
    with socket.socket() as bound:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((LOOPBACK, port))
            bound.listen(1)  # another Envoy would share a port without a word
        except OSError as error:
            raise PortTaken(error.strerror or str(error)) from error
        yield bound
