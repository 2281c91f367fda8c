"""The codes of mistakes that only a policy can hold. Each has a page in the handbook, whose examples are run."""

from themekit.diagnostics import Code, Severity

INVALID_SECRET = Code("invalid-secret", summary="Something other than a reference stands where a secret is named.")
INVALID_KEY = Code("invalid-key", summary="A key cannot be used to check tokens, or is no public key.")
INVALID_NETWORK = Code("invalid-network", summary="A value is not a network in CIDR form.")
INVALID_HOST = Code("invalid-host", summary="A value is not the name of one host.")
INVALID_HEADER = Code("invalid-header", summary="A header has a name or a value that a policy may not set.")
UNSAFE_POLICY = Code("unsafe-policy", summary="A policy would let through what it seems to stop.")
UNKNOWN_NAME = Code("unknown-name", summary="A policy uses a name that it does not define.")
UNKNOWN_OPERATION = Code("unknown-operation", summary="A route names something that the API does not have.")
AMBIGUOUS_ROUTE = Code("ambiguous-route", summary="Two routes decide the same for one operation.")
UNDECIDED_OPERATION = Code("undecided-operation", summary="Nothing in the policy says who may call an operation.")
UNUSED_ROUTE = Code("unused-route", Severity.WARNING, "A route decides nothing that another does not decide first.")
UNUSED_DEFINITION = Code("unused-definition", Severity.WARNING, "A policy defines something that no operation uses.")
