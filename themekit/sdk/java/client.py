"""The class that programs make: its builder, and what leads to the operations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.java.credentials import applied, credentials
from themekit.sdk.java.names import camel
from themekit.sdk.java.reserved import CLIENT_WORDS, KEYWORDS
from themekit.sdk.java.source_file import JavaFile
from themekit.sdk.java.text import doc

if TYPE_CHECKING:
    from themekit.model.api_types import Name
    from themekit.sdk.java.credentials import Credential
    from themekit.sdk.java.types import JavaApi

CLIENT = slot("client")

_CONSTRUCTOR_NAMES = KEYWORDS | {"asynchronous", "base", "builder", "credentials", "transport"}


def client_file(java: JavaApi) -> JavaFile:
    """The class of the client."""
    file = JavaFile(CLIENT)
    found = credentials(java.api)
    if any(each.kind == "client" for each in found):
        file.imports.add("java.util.List")
    name = slot("name", "comment")
    file.add(f"/** A client of the API of {name}: one for the process, which holds the connections. */")
    file.add(f"public final class {CLIENT} implements AutoCloseable {{")
    file.add("    private final WireTransport transport;", "    private final Async asynchronous;")
    for group in java.groups:
        file.add(f"    private final {java.names.resources[group]} {_variable(group)};")
    _constructor(java, file, found)
    file.member(
        "    /**",
        "     * Starts with the defaults.",
        "     *",
        "     * @return a builder",
        "     */",
        "    public static Builder builder() {",
        "        return new Builder();",
        "    }",
    )
    _accessors(java, file)
    _ends(java, file)
    _asynchronous(java, file)
    _builder(file, found)
    file.add("}")
    return file


def accessor(group: Name) -> str:
    """The method of the client that leads to a group."""
    return camel(group, CLIENT_WORDS)


def _variable(group: Name) -> str:
    return camel(group, _CONSTRUCTOR_NAMES)


def _constructor(java: JavaApi, file: JavaFile, found: tuple[Credential, ...]) -> None:
    key = "builder.apiKey" if any(each.option == "apiKey" for each in found) else "null"
    file.member(f"    private {CLIENT}(Builder builder) {{")
    file.add(
        f"        String base = builder.url({key});", "        WireCredentials credentials = new WireCredentials();"
    )
    file.add(*(f"        credentials{applied(each, java.api)};" for each in found))
    file.add("        transport = new WireTransport(builder, credentials, base);")
    file.add("        asynchronous = new Async(transport);")
    for group in java.groups:
        file.add(f"        {_variable(group)} = new {java.names.resources[group]}(transport);")
    file.add("    }")


def _accessors(java: JavaApi, file: JavaFile) -> None:
    for name, (group, _) in java.groups.items():
        file.member(*doc(group.title or "Operations.", "    ", tags=("@return the operations of this group",)))
        file.add(
            f"    public {java.names.resources[name]} {accessor(name)}() {{",
            f"        return {_variable(name)};",
            "    }",
        )


def _ends(java: JavaApi, file: JavaFile) -> None:
    if java.api.verifies_webhooks:
        file.member(
            "    /**",
            "     * What the API sends to you.",
            "     *",
            "     * @return a reader of deliveries",
            "     */",
            "    public Webhooks webhooks() {",
            "        return new Webhooks();",
            "    }",
        )
    file.member(
        "    /**",
        "     * The same operations without waiting.",
        "     *",
        "     * @return groups whose methods give futures",
        "     */",
        "    public Async async() {",
        "        return asynchronous;",
        "    }",
        "",
        "    /** No call can be started any more; those that run go on. */",
        "    @Override",
        "    public void close() {",
        "        transport.close();",
        "    }",
    )


def _asynchronous(java: JavaApi, file: JavaFile) -> None:
    file.member("    /** The operations, without waiting. */", "    public static final class Async {")
    for group in java.groups:
        file.add(f"        private final {java.names.asynchronous[group]} {_variable(group)};")
    file.member("        private Async(WireTransport transport) {")
    for group in java.groups:
        file.add(f"            {_variable(group)} = new {java.names.asynchronous[group]}(transport);")
    file.add("        }")
    for name, (described, _) in java.groups.items():
        file.member(*doc(described.title or "Operations.", "        ", tags=("@return the operations of this group",)))
        file.add(
            f"        public {java.names.asynchronous[name]} {accessor(name)}() {{",
            f"            return {_variable(name)};",
            "        }",
        )
    file.add("    }")


def _builder(file: JavaFile, found: tuple[Credential, ...]) -> None:
    file.member(f"    /** Builds {{@link {CLIENT}}}. */")
    file.add("    public static final class Builder extends ClientOptions<Builder> {")
    options = option_names(found)
    file.add(*(f"        private String {option};" for option, _, _ in options))
    has_client = any(each.kind == "client" for each in found)
    if has_client:
        file.add("        private String clientId;", "        private String clientSecret;")
        file.add("        private List<String> scopes = List.of();")
    file.member("        private Builder() {}")
    file.member("        @Override", "        Builder self() {", "            return this;", "        }")
    for option, text, _ in options:
        tags = ("@param value the secret; it is in no text of this library", "@return this")
        file.member(*doc(text, "        ", tags=tags))
        file.add(f"        public Builder {option}(String value) {{", f"            {option} = value;")
        file.add("            return this;", "        }")
    if has_client:
        file.member(*_CLIENT_OPTIONS)
    _from_env(file, [(option, variable) for option, _, variable in options], has_client=has_client)
    file.member(
        "        /**",
        "         * The client.",
        "         *",
        "         * @return one that serves all threads",
        "         */",
        f"        public {CLIENT} build() {{",
        f"            return new {CLIENT}(this);",
        "        }",
        "    }",
    )


def option_names(found: tuple[Credential, ...]) -> list[tuple[str, str, str]]:
    """Options that are one text, with their doc and variable of the environment."""
    options: dict[str, tuple[str, str, str]] = {}
    for each in found:
        if each.kind == "basic":
            options.setdefault("username", ("username", "The name of HTTP Basic.", "API_USERNAME"))
            options.setdefault("password", ("password", "The password of HTTP Basic.", "API_PASSWORD"))
        elif each.option:
            text = each.scheme.docs.description or "A credential."
            text = "An access token that you have: none is fetched then." if each.kind == "client" else text
            options.setdefault(each.option, (each.option, text, each.variable))
    return list(options.values())


_CLIENT_OPTIONS_TEXT = """\
        /**
         * Credentials of an application: tokens are fetched with them, and renewed.
         *
         * @param id of the application
         * @param secret of the application; it is in no text of this library
         * @return this
         */
        public Builder clientCredentials(String id, String secret) {
            clientId = id;
            clientSecret = secret;
            return this;
        }

        /**
         * What tokens are asked for.
         *
         * @param values names of scopes
         * @return this
         */
        public Builder scopes(String... values) {
            scopes = List.of(values);
            return this;
        }

        private WireTokens oauth(String tokenUrl, String base) {
            return tokens(clientId, clientSecret, scopes, tokenUrl, base);
        }"""
_CLIENT_OPTIONS = _CLIENT_OPTIONS_TEXT.split("\n")


def _from_env(file: JavaFile, options: list[tuple[str, str]], *, has_client: bool) -> None:
    variables = [variable for _, variable in options] + (["CLIENT_ID", "CLIENT_SECRET"] if has_client else [])
    names = ", ".join(f"{{@code {each}}}" for each in [*variables, "API_BASE_URL"])
    text = f"<p>These are {names}; those that are not set change nothing."
    file.member(*doc("Takes what the environment says.", "        ", notes=(text,), tags=("@return this",)))
    file.add("        public Builder fromEnv() {")
    for option, variable in options:
        file.add(f'            {option} = env("{variable}", {option});')
    if has_client:
        for option, variable in (("clientId", "CLIENT_ID"), ("clientSecret", "CLIENT_SECRET")):
            file.add(f'            {option} = env("{variable}", {option});')
    file.add("            return envUrl();", "        }")
