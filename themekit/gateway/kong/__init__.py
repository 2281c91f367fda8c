"""Kong 3.9, the open-source edition, by a declarative file."""

from themekit.gateway.kong.emit import emit, refuses
from themekit.model.gateway import Exactness, Feature, Form, Gateway, Support

_EXACT = (
    Feature.SCOPES,
    Feature.CLAIMS,
    Feature.ADDRESSES,
    Feature.CORS,
    Feature.BODY_SIZE,
    Feature.REQUEST_HEADERS,
    Feature.RESPONSE_HEADERS,
    Feature.CONNECTIONS,
    Feature.PORT,
    Feature.LOGGING,
)

GATEWAY = Gateway(
    name="kong",
    summary="Kong 3.9, open source, by a declarative file",
    emit=emit,
    refuses=refuses,
    supports=(
        *(Support(feature, Exactness.EXACT) for feature in _EXACT),
        Support(
            Feature.JWKS,
            Exactness.WEAKER,
            "Kong fetches no keys, and bears no difference of clocks",
            (
                Form(
                    "rotated-keys",
                    "whoever runs `rotate-keys.py` fills the keys in; a token is refused from the second it expires",
                    ("tokens.*.clockSkewS",),
                ),
            ),
        ),
        Support(
            Feature.KEYS,
            Exactness.WEAKER,
            "Kong bears no difference of clocks",
            (Form("no-skew", "a token is refused from the second it expires", ("tokens.*.clockSkewS",)),),
        ),
        Support(
            Feature.RATES,
            Exactness.WEAKER,
            "Kong counts in fixed windows, after it has looked at the token, and as many clients as its memory holds",
            (
                Form(
                    "fixed-windows",
                    "each operation and each node counts apart, in fixed windows and without a burst; "
                    "requests that are refused for their token are not counted",
                    ("rates.*.burst", "rates.*.keys"),
                ),
            ),
        ),
        Support(
            Feature.TIMEOUTS,
            Exactness.WEAKER,
            "Kong's timeouts are for each read and write",
            (Form("between-reads", "the time may pass between two reads, so that a slow answer takes longer"),),
        ),
        Support(
            Feature.RETRIES,
            Exactness.WEAKER,
            "Kong tries again after connect failures, resets and timeouts together, and never after 503",
            (
                Form(
                    "connection-errors",
                    "it tries again after these three; methods that may not be sent twice after connect failures only",
                    ("retries.on",),
                ),
            ),
        ),
        Support(
            Feature.TLS,
            Exactness.WEAKER,
            "the lowest version of TLS is no part of Kong's declarative file",
            (Form("node-settings", "the version stands in `kong.conf`, and holds where Kong is started with it"),),
        ),
        Support(
            Feature.TIERS,
            Exactness.NO,
            "its plugin has one rate for all consumers",
            (Form("one-rate", "consumers of all tiers get the limit's own rate", ("rates.*.tiers",)),),
        ),
        Support(
            Feature.QUOTAS,
            Exactness.NO,
            "without a database Kong forgets what it counted when it restarts",
            (Form("in-app", "the API counts; the gateway does not", ("rates",), is_partial=True),),
        ),
        Support(
            Feature.VALIDATION,
            Exactness.NO,
            "Kong's open-source edition has no plugin that reads OpenAPI",
            (Form("in-app", "the API checks requests; the gateway does not", ("validation",)),),
        ),
        Support(Feature.API_KEYS, Exactness.NO, "Kong takes keys only as plain texts in its files"),
        Support(Feature.CERTIFICATES, Exactness.NO, "Kong's open-source edition has no plugin for client certificates"),
        Support(Feature.AUTHORITIES, Exactness.NO, "Kong's open-source edition has no plugin for client certificates"),
    ),
)
