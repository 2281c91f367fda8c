"""Envoy 1.40, configured by files that it watches."""

from themekit.gateway.envoy.emit import emit
from themekit.gateway.envoy.refusals import refused
from themekit.model.gateway import Exactness, Feature, Form, Gateway, Support

_EXACT = (
    Feature.JWKS,
    Feature.KEYS,
    Feature.SCOPES,
    Feature.CLAIMS,
    Feature.CERTIFICATES,
    Feature.TIERS,
    Feature.ADDRESSES,
    Feature.CORS,
    Feature.BODY_SIZE,
    Feature.TIMEOUTS,
    Feature.CONNECTIONS,
    Feature.RETRIES,
    Feature.REQUEST_HEADERS,
    Feature.RESPONSE_HEADERS,
    Feature.PORT,
    Feature.TLS,
    Feature.LOGGING,
)

GATEWAY = Gateway(
    name="envoy",
    summary="Envoy 1.40 with files that it watches",
    emit=emit,
    supports=(
        *(Support(feature, Exactness.EXACT) for feature in _EXACT),
        Support(
            Feature.RATES,
            Exactness.WEAKER,
            "each process of Envoy counts for itself",
            (Form("per-replica", "with N replicas, N times as many requests get through"),),
        ),
        Support(
            Feature.QUOTAS,
            Exactness.NO,
            "Envoy forgets what it counted when it restarts",
            (Form("in-app", "the API counts; the gateway does not", ("rates",), is_partial=True),),
        ),
        Support(
            Feature.VALIDATION,
            Exactness.NO,
            "Envoy has no filter that reads OpenAPI",
            (Form("in-app", "the API checks requests; the gateway does not", ("validation",)),),
        ),
        Support(Feature.AUTHORITIES, Exactness.NO, "Envoy's listener checks certificates by one authority"),
        Support(Feature.API_KEYS, Exactness.NO, "Envoy takes keys only as plain texts in its files"),
    ),
    answers=(("wrong-audience", 403), ("foreign-origin", 200)),
    refuses=refused,
)
