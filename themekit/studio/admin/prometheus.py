"""What a Prometheus recorded of a gateway that runs elsewhere: one question, which changes nothing there.

The series are those of the rules that are emitted beside the gateway's files. Credentials in the address are sent, and
never shown.
"""

from __future__ import annotations

import base64
import http.client
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from urllib.parse import quote, unquote, urlencode, urlsplit

from themekit.studio.admin.counting import STATUSES, Tick

if TYPE_CHECKING:
    from themekit.source.json_value import JsonValue

PAUSE_S = 15.0
"""Rules are evaluated every 30 s: who asks twice as often misses none, and gets few twice."""
TIMEOUT_S = 10.0
MAX_BYTES = 1 << 20
REQUESTS = "gateway_class:requests:rate5m"
QUANTILE = "gateway:latency_ms:p{}_5m"
PERCENTILES = (50, 90, 99)
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NoAnswer(RuntimeError):  # noqa: N818  # the state, not a fault
    """The Prometheus did not say what it was asked; the message says why, and nothing of credentials."""


class UnusableAddress(ValueError):  # noqa: N818  # as above
    """An address that is none of a Prometheus, or would send credentials in clear text."""


@dataclass(frozen=True, slots=True, repr=False)
class Prometheus:
    """One, by its address: `https://user:word@prometheus.example/path`, in which the user may be left out."""

    host: str
    port: int
    path: str
    is_tls: bool
    credentials: str = ""

    @classmethod
    def at(cls, url: str) -> Prometheus:
        """Raises UnusableAddress."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
        except ValueError:
            host, port, parts = "", None, urlsplit("")
        if parts.scheme not in {"http", "https"} or not host or parts.query or parts.fragment:
            raise UnusableAddress("the address of a Prometheus begins with `http://` or `https://`, and has no query")
        has_user = "@" in parts.netloc
        if has_user and parts.scheme == "http" and host not in LOOPBACK:
            raise UnusableAddress(f"the credentials for {host} would be sent in clear text: write `https://`")
        said = f"{unquote(parts.username or '')}:{unquote(parts.password or '')}" if has_user else ""
        is_tls = parts.scheme == "https"
        return cls(host, port or (443 if is_tls else 80), parts.path.rstrip("/"), is_tls, said)

    def __str__(self) -> str:
        """Where it is, without credentials."""
        return f"{'https' if self.is_tls else 'http'}://{self.host}:{self.port}{self.path}"

    __repr__ = __str__

    def tick(self, gateway: str, *, time_s: float) -> Tick:
        """What comes in `PAUSE_S` at the rate of the last minutes. Raises NoAnswer."""
        names = "|".join((REQUESTS, *(QUANTILE.format(each) for each in PERCENTILES)))
        asked = f'{{__name__=~"{names}",gateway={json.dumps(gateway)}}}'
        return tick_in(self._asked(asked), time_s=time_s)

    def _asked(self, query: str) -> JsonValue:
        kind = http.client.HTTPSConnection if self.is_tls else http.client.HTTPConnection
        connection = kind(self.host, self.port, timeout=TIMEOUT_S)
        headers = {"Accept": "application/json", "User-Agent": "themekit"}
        if self.credentials:
            headers["Authorization"] = f"Basic {base64.b64encode(self.credentials.encode()).decode()}"
        try:
            target = f"{quote(self.path)}/api/v1/query?{urlencode({'query': query})}"
            connection.request("GET", target, headers=headers)
            answer = connection.getresponse()
            content = answer.read(MAX_BYTES + 1)
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswer(f"{self} does not answer: {type(error).__name__}") from error
        finally:
            connection.close()
        if answer.status != http.client.OK or len(content) > MAX_BYTES:
            raise NoAnswer(f"{self} answers with {answer.status}")
        try:
            return cast("JsonValue", json.loads(content))
        except (ValueError, RecursionError) as error:
            raise NoAnswer(f"{self} answers with something other than JSON") from error


def tick_in(answer: JsonValue, *, time_s: float) -> Tick:
    """What the answer to the question says; a series that is missing counts nothing. Raises NoAnswer without any."""
    data = answer.get("data") if isinstance(answer, dict) else None
    found = data.get("result") if isinstance(data, dict) else None
    rates, quantiles = dict.fromkeys(STATUSES, 0.0), dict[int, float]()
    series = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    if not series:
        raise NoAnswer("the Prometheus has no recorded series of this gateway: are `rules.yml` and the label there?")
    for each in series:
        labels, number = each.get("metric"), _number(each.get("value"))
        if not isinstance(labels, dict) or number is None:
            continue
        name, status = labels.get("__name__"), f"{labels.get('envoy_response_code_class')}xx"
        if name == REQUESTS and status in rates:
            rates[status] += number
        quantiles |= {percent: number for percent in PERCENTILES if name == QUANTILE.format(percent)}
    statuses = tuple((name, round(rate * PAUSE_S)) for name, rate in rates.items())
    return Tick(time_s, PAUSE_S, round(sum(rates.values()) * PAUSE_S), statuses, (), tuple(sorted(quantiles.items())))


def _number(value: JsonValue) -> float | None:
    """The second of a pair, which is a text; None for what is no number (`NaN`: there were no requests)."""
    text = value[1] if isinstance(value, list) and len(value) == 2 else None
    try:
        number = float(text) if isinstance(text, str) else float("nan")
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
