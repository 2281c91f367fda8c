"""Amazon API Gateway: HTTP APIs (version 2) and REST APIs (version 1), as CloudFormation and as Terraform."""

from themekit.gateway.aws.access import NATIVE, PRESENCE
from themekit.gateway.aws.emit import emit_http, emit_rest
from themekit.gateway.aws.refusals import (
    COUNTED_IN_APP,
    EMPTIED,
    QUOTAS_IN_APP,
    SIZE_IN_APP,
    TIERS_IN_APP,
    VALIDATION_IN_APP,
    http_refusals,
    rest_refusals,
)
from themekit.model.gateway import Exactness, Feature, Form, Gateway, Support

_TARGETS = "AWS says of its limits that they are targets, and not ceilings"
_AS_COUNTED = "what AWS counts is counted as well as AWS counts"
BEST_EFFORT = Form("best-effort", _AS_COUNTED)
BEST_EFFORT_BY_ADDRESS = Form(
    "best-effort", f"{_AS_COUNTED}, and addresses as many as AWS WAF tells apart", ("rates.*.keys",)
)
OWN_CONNECTIONS = Form(
    "own-connections",
    "connections to the API are opened and kept as AWS does it, within `timeoutS`",
    ("upstream.connectTimeoutS", "upstream.idleTimeoutS"),
)
NO_RETRIES = Form("no-retries", "what fails is not sent again by the gateway", ("retries",))

_BOTH = (
    *(
        Support(feature, Exactness.EXACT)
        for feature in (
            Feature.KEYS,
            Feature.SCOPES,
            Feature.CLAIMS,
            Feature.CERTIFICATES,
            Feature.TIMEOUTS,
            Feature.PORT,
            Feature.TLS,
            Feature.LOGGING,
        )
    ),
    Support(Feature.AUTHORITIES, Exactness.NO, "the names of one authority's certificates would do for another's"),
    Support(
        Feature.TIERS, Exactness.NO, "API Gateway does not limit callers by what their tokens say", (TIERS_IN_APP,)
    ),
    Support(
        Feature.QUOTAS, Exactness.NO, "quotas of usage plans are not hard limits, and count API keys", (QUOTAS_IN_APP,)
    ),
    Support(
        Feature.CONNECTIONS,
        Exactness.NO,
        "API Gateway opens connections to the API, and keeps them, by rules of its own",
        (OWN_CONNECTIONS,),
    ),
    Support(Feature.RETRIES, Exactness.NO, "API Gateway sends a request once", (NO_RETRIES,)),
)

HTTP = Gateway(
    name="aws-http",
    summary="HTTP API of Amazon API Gateway",
    emit=emit_http,
    supports=(
        *_BOTH,
        Support(
            Feature.JWKS,
            Exactness.EXACT,
            forms=(
                Form(
                    NATIVE,
                    "AWS's own authorizer checks tokens where it can, by its own rules, and does not log who calls",
                    ("tokens.*.jwks", "tokens.*.clockSkewS", "tokens.*.consumerClaim", "tokens.*.scopeClaim"),
                ),
            ),
        ),
        Support(Feature.RATES, Exactness.WEAKER, _TARGETS, (BEST_EFFORT, COUNTED_IN_APP)),
        Support(Feature.CORS, Exactness.EXACT),
        Support(Feature.REQUEST_HEADERS, Exactness.EXACT),
        Support(
            Feature.ADDRESSES,
            Exactness.WEAKER,
            "AWS does not vouch for the address that it tells the authorizer",
            (Form("told-address", "networks are compared with the address that AWS tells"),),
        ),
        Support(
            Feature.RESPONSE_HEADERS,
            Exactness.WEAKER,
            "headers are set by status, and not on the gateway's own answers",
            (Form("listed-statuses", "the API's answers with the usual statuses have them"),),
        ),
        Support(Feature.API_KEYS, Exactness.NO, "an HTTP API has no keys"),
        Support(Feature.BODY_SIZE, Exactness.NO, "an HTTP API takes bodies up to 10 MB", (SIZE_IN_APP,)),
        Support(Feature.VALIDATION, Exactness.NO, "an HTTP API does not check requests", (VALIDATION_IN_APP,)),
    ),
    answers=(
        ("unknown-host", 403),
        ("preflight", 204),
        ("foreign-origin", 204),
        ("bad-token", 403),
        ("expired-token", 403),
        ("wrong-audience", 403),
    ),
    refuses=http_refusals,
)

REST = Gateway(
    name="aws-rest",
    summary="REST API of Amazon API Gateway, with AWS WAF",
    emit=emit_rest,
    supports=(
        *_BOTH,
        Support(Feature.JWKS, Exactness.EXACT),
        Support(Feature.RATES, Exactness.WEAKER, _TARGETS, (BEST_EFFORT_BY_ADDRESS, COUNTED_IN_APP)),
        Support(Feature.ADDRESSES, Exactness.EXACT),
        Support(Feature.BODY_SIZE, Exactness.EXACT),
        Support(
            Feature.CORS,
            Exactness.WEAKER,
            "it answers preflights, and passes the API's answers on as they are",
            (
                Form(
                    "preflight-only",
                    "the API sets `Access-Control-Allow-Origin` and `Access-Control-Expose-Headers` on its own answers",
                    ("cors.expose",),
                ),
            ),
        ),
        Support(
            Feature.REQUEST_HEADERS,
            Exactness.WEAKER,
            "it can empty a header, and not take it out",
            (EMPTIED,),
        ),
        Support(
            Feature.RESPONSE_HEADERS,
            Exactness.NO,
            "it passes the API's answers on as they are",
            (
                Form(
                    "own-answers",
                    "the gateway's own answers have those that are set; the API sets and removes them on its own",
                    ("responseHeaders.remove",),
                ),
            ),
        ),
        Support(
            Feature.API_KEYS,
            Exactness.WEAKER,
            "AWS says of its keys that they are not to authorize callers",
            (Form("usage-plan", "the keys of one usage plan open all operations that ask for a key"),),
        ),
        Support(
            Feature.VALIDATION,
            Exactness.WEAKER,
            "it looks whether required parameters are there, and models of bodies are not made",
            (
                Form(
                    PRESENCE, "required headers and parameters of the query have to be there; the API checks the rest"
                ),
                VALIDATION_IN_APP,
            ),
        ),
    ),
    answers=(("unknown-host", 403), ("bad-api-key", 403)),
    refuses=rest_refusals,
)

GATEWAYS = (HTTP, REST)
