"""The codes of all mistakes a brand file can hold; those of policies alone are in policy_codes.py.

Each has a page in the handbook, whose examples are run.
"""

from themekit.diagnostics import Code, Severity

JSON_SIZE = Code("json-size", summary="The file is larger than a brand file may be.")
JSON_ENCODING = Code("json-encoding", summary="The file or a string in it is not valid Unicode in UTF-8.")
JSON_EMPTY = Code("json-empty", summary="The file holds no JSON value.")
JSON_SYNTAX = Code("json-syntax", summary="The file is not well-formed JSON.")
JSON_DUPLICATE_KEY = Code("json-duplicate-key", summary="A key stands twice in one object.")
JSON_NUMBER = Code("json-number", summary="A number is not finite, too large or not written as JSON writes numbers.")
JSON_DEPTH = Code("json-depth", summary="Objects and arrays are nested too deeply.")

UNKNOWN_KEY = Code("unknown-key", summary="A key is not part of the format.")
WRONG_TYPE = Code("wrong-type", summary="A value has another JSON type than its field.")
MISSING_FIELD = Code("missing-field", summary="A required field is absent.")
UNKNOWN_CHOICE = Code("unknown-choice", summary="A value is not one of those its field allows.")
OUT_OF_RANGE = Code("out-of-range", summary="A number is smaller or larger than its field allows.")
TOO_LONG = Code("too-long", summary="A text or a list is longer than its field allows.")
INVALID_NAME = Code("invalid-name", summary="A name that the author of a file chose is not of the right form.")
DUPLICATE_ITEM = Code("duplicate-item", summary="A list names the same thing twice.")

INVALID_BRAND_ID = Code("invalid-brand-id", summary="A brand's folder has a name that cannot be its id.")
INVALID_TEXT = Code("invalid-text", summary="A text holds markup, control characters or nothing.")
INVALID_COLOR = Code("invalid-color", summary="A value is not a colour, or not one that can be used here.")
INVALID_DIMENSION = Code("invalid-dimension", summary="A value is not a length in px or rem.")
INVALID_URL = Code("invalid-url", summary="A value is not a link that is safe to publish.")
INVALID_EMAIL = Code("invalid-email", summary="A value is not an e-mail address.")
INVALID_PHONE = Code("invalid-phone", summary="A value is not a telephone number.")
INVALID_VERSION = Code("invalid-version", summary="A version is not semantic versioning.")
INVALID_FONT_FAMILY = Code("invalid-font-family", summary="A font family is not one family's name.")
INVALID_FONT_WEIGHT = Code("invalid-font-weight", summary="A font weight is not a weight or a range of weights.")
INVALID_SDK_NAME = Code("invalid-sdk-name", summary="A name cannot be used in its package registry or language.")
UNKNOWN_SECTION = Code("unknown-section", summary="The portal has no such section.")

INVALID_PATH = Code("invalid-path", summary="A path is not a portable relative path inside its folder.")
MISSING_FILE = Code("missing-file", summary="A file that is named does not exist.")
AMBIGUOUS_FILE = Code("ambiguous-file", summary="Two files differ only in upper and lower case.")
EXTENDS_CYCLE = Code("extends-cycle", summary="Brand files extend one another in a circle.")
EXTENDS_DEPTH = Code("extends-depth", summary="A chain of brand files is too long.")

INVALID_TOKEN_NAME = Code("invalid-token-name", summary="A token or group has a name the format forbids.")
INVALID_TOKEN = Code("invalid-token", summary="An object is neither a token nor a group.")
UNKNOWN_TOKEN_TYPE = Code("unknown-token-type", summary="A `$type` is not a type of DTCG 2025.10.")
MISSING_TOKEN_TYPE = Code("missing-token-type", summary="A token with a literal value has no type.")
INVALID_TOKEN_VALUE = Code("invalid-token-value", summary="A token's value does not fit its type.")
INVALID_ALIAS = Code("invalid-alias", summary="A reference to a token is not well-formed.")
UNKNOWN_TOKEN = Code("unknown-token", summary="A reference names a token that does not exist.")
ALIAS_CYCLE = Code("alias-cycle", summary="References lead back to where they started.")
ALIAS_TYPE = Code("alias-type", summary="A reference leads to a token of another type.")
UNKNOWN_MODE = Code("unknown-mode", summary="A token has a value for a mode that does not exist.")
UNKNOWN_GROUP = Code("unknown-group", summary="A group extends a group that does not exist.")
GROUP_CYCLE = Code("group-cycle", summary="Token groups extend one another in a circle.")
TOKEN_NAME_COLLISION = Code("token-name-collision", summary="Two tokens get the same name in an output.")
TOKEN_IS_GROUP = Code("token-is-group", summary="A token has the name of a group, or stands below a token.")
TOKEN_TYPE_REPLACED = Code(
    "token-type-replaced", Severity.WARNING, summary="A token replaces one of another type in a file below its own."
)
INVALID_RESOLVER = Code("invalid-resolver", summary="A resolver document breaks a rule of its format.")
UNUSED_OPTION = Code(
    "unused-option", Severity.WARNING, summary="An option of colour changes nothing beside another field."
)
UNKNOWN_CONTEXT = Code("unknown-context", summary="A context is chosen that a resolver does not have, or none is.")
NOT_IN_CONTEXT = Code(
    "token-not-in-context",
    Severity.WARNING,
    summary="A token is defined in some contexts only, and the output has it in all.",
)
UNSUPPORTED_TOKEN_FEATURE = Code("unsupported-token-feature", summary="DTCG allows it, themekit cannot do it yet.")

STRUCTURAL = frozenset(
    code.name
    for code in (
        UNKNOWN_KEY,
        WRONG_TYPE,
        MISSING_FIELD,
        UNKNOWN_CHOICE,
        OUT_OF_RANGE,
        TOO_LONG,
        INVALID_NAME,
        UNKNOWN_TOKEN_TYPE,
    )
)
"""What the JSON Schema sees too. All other codes need knowledge that a schema has not."""
