"""The codes of what is wrong with the description of an API and does not stop a gateway."""

from themekit.diagnostics import Code, Severity

API_FAULT = Code("openapi-fault", Severity.WARNING, summary="An OpenAPI description has a mistake that was read over.")
API_LIMIT = Code("openapi-limit", summary="An OpenAPI description is larger or deeper than what is read.")
UNSUPPORTED_SCHEMA = Code(
    "unsupported-schema", Severity.WARNING, summary="A schema says something that no type can say."
)
