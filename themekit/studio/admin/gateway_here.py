"""An Envoy on this machine with a policy in force: test keys in place of the issuers' own, and an API of examples."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.trial.envoy import LOG_FILE, EnvoyFailed, EnvoyMissing, running_envoy
from themekit.trial.envoy_files import LOOPBACK, on_loopback, sandbox_upstream
from themekit.trial.keys import fresh_keys, signed
from themekit.trial.live_run import free_port, sample_token
from themekit.trial.sample_api import SampleApi
from themekit.trial.serving import serving
from themekit.trial.wire import Place, Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.model.policy import Policy
    from themekit.source.examples import ExampleAnswer
    from themekit.trial.envoy import Envoy

MAX_LOG_BYTES = 4 << 20  # of one second


@dataclass(slots=True)
class Here:
    """The gateway, as far as this process looks at it."""

    url: str
    tokens: tuple[tuple[str, str], ...]
    swap: Callable[[Policy], str]
    _envoy: Envoy
    _read_bytes: int = 0

    def numbers(self, pattern: str) -> bytes:
        """Statistics whose names fit, as the admin page has them. Raises EnvoyFailed if it has ended."""
        if not self._envoy.is_alive():
            raise EnvoyFailed(self._envoy.log())
        with Wire(Place(LOOPBACK, self._envoy.admin_port)) as wire:
            target = f"/stats?format=json&filter={pattern}"
            answer = wire.exchange(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        if answer is None or answer.status != 200:
            raise EnvoyFailed("Envoy's admin page does not answer")
        return answer.body

    def new_log(self) -> bytes:
        """What it logged since the last time."""
        with (self._envoy.folder / LOG_FILE).open("rb") as file:
            file.seek(self._read_bytes)
            content = file.read(MAX_LOG_BYTES)
        self._read_bytes += len(content)
        return content


@contextmanager
def running_here(policy: Policy, examples: tuple[ExampleAnswer, ...]) -> Iterator[Here]:
    """The gateway, until the end of the block. Raises RuntimeError where there is no Envoy, or it does not start."""
    api, keys = SampleApi(policy, examples), fresh_keys(policy)
    own_port = free_port(0)  # a listener stays where it is when a policy is exchanged
    try:
        with serving(api) as port:
            local = on_loopback(policy, sandbox_upstream(policy, port), port=own_port, keys=keys)
            with running_envoy(local.policy) as envoy:
                now_s = int(time.time())
                tokens = tuple(
                    (issuer.name, signed(sample_token(local.policy, issuer, now_s=now_s), keys[issuer.name][0]))
                    for issuer in local.policy.tokens
                )

                def swap(changed: Policy) -> str:
                    api.change(changed, examples)
                    behind = sandbox_upstream(changed, port)
                    missing = {name: key for name, key in fresh_keys(changed).items() if name not in keys}
                    found = on_loopback(changed, behind, port=own_port, keys={**missing, **keys})
                    return "; ".join(envoy.swap(found.policy))

                yield Here(f"http://{LOOPBACK}:{own_port}", tokens, swap, envoy)
    except (EnvoyMissing, EnvoyFailed) as error:
        raise RuntimeError(str(error)) from error
