package com.acme.pay;

import java.util.List;

/** A client of the API of ACME: one for the process, which holds the connections. */
public final class AcmePay implements AutoCloseable {
    private final WireTransport transport;
    private final Async asynchronous;
    private final ThingsResource things;
    private final ListsResource lists;
    private final FilesResource files;
    private final AuthResource auth;

    private AcmePay(Builder builder) {
        String base = builder.url(builder.apiKey);
        WireCredentials credentials = new WireCredentials();
        credentials.bearer("key", builder.apiKey);
        credentials.basic("basic", builder.username, builder.password);
        credentials.query("queryKey", "key", builder.queryKey);
        credentials.tokens("oauth", builder.oauth("+/oauth/token", base)).bearer("oauth", builder.accessToken);
        transport = new WireTransport(builder, credentials, base);
        asynchronous = new Async(transport);
        things = new ThingsResource(transport);
        lists = new ListsResource(transport);
        files = new FilesResource(transport);
        auth = new AuthResource(transport);
    }

    /**
     * Starts with the defaults.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Things
     *
     * @return the operations of this group
     */
    public ThingsResource things() {
        return things;
    }

    /**
     * Lists
     *
     * @return the operations of this group
     */
    public ListsResource lists() {
        return lists;
    }

    /**
     * Files
     *
     * @return the operations of this group
     */
    public FilesResource files() {
        return files;
    }

    /**
     * Auth
     *
     * @return the operations of this group
     */
    public AuthResource auth() {
        return auth;
    }

    /**
     * The same operations without waiting.
     *
     * @return groups whose methods give futures
     */
    public Async async() {
        return asynchronous;
    }

    /** No call can be started any more; those that run go on. */
    @Override
    public void close() {
        transport.close();
    }

    /** The operations, without waiting. */
    public static final class Async {
        private final AsyncThingsResource things;
        private final AsyncListsResource lists;
        private final AsyncFilesResource files;
        private final AsyncAuthResource auth;

        private Async(WireTransport transport) {
            things = new AsyncThingsResource(transport);
            lists = new AsyncListsResource(transport);
            files = new AsyncFilesResource(transport);
            auth = new AsyncAuthResource(transport);
        }

        /**
         * Things
         *
         * @return the operations of this group
         */
        public AsyncThingsResource things() {
            return things;
        }

        /**
         * Lists
         *
         * @return the operations of this group
         */
        public AsyncListsResource lists() {
            return lists;
        }

        /**
         * Files
         *
         * @return the operations of this group
         */
        public AsyncFilesResource files() {
            return files;
        }

        /**
         * Auth
         *
         * @return the operations of this group
         */
        public AsyncAuthResource auth() {
            return auth;
        }
    }

    /** Builds {@link AcmePay}. */
    public static final class Builder extends ClientOptions<Builder> {
        private String apiKey;
        private String username;
        private String password;
        private String queryKey;
        private String accessToken;
        private String clientId;
        private String clientSecret;
        private List<String> scopes = List.of();

        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * A credential.
         *
         * @param value the secret; it is in no text of this library
         * @return this
         */
        public Builder apiKey(String value) {
            apiKey = value;
            return this;
        }

        /**
         * The name of HTTP Basic.
         *
         * @param value the secret; it is in no text of this library
         * @return this
         */
        public Builder username(String value) {
            username = value;
            return this;
        }

        /**
         * The password of HTTP Basic.
         *
         * @param value the secret; it is in no text of this library
         * @return this
         */
        public Builder password(String value) {
            password = value;
            return this;
        }

        /**
         * A credential.
         *
         * @param value the secret; it is in no text of this library
         * @return this
         */
        public Builder queryKey(String value) {
            queryKey = value;
            return this;
        }

        /**
         * An access token that you have: none is fetched then.
         *
         * @param value the secret; it is in no text of this library
         * @return this
         */
        public Builder accessToken(String value) {
            accessToken = value;
            return this;
        }

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
        }

        /**
         * Takes what the environment says.
         *
         * <p>These are {@code API_KEY}, {@code API_USERNAME}, {@code API_PASSWORD}, {@code
         * QUERY_KEY}, {@code ACCESS_TOKEN}, {@code CLIENT_ID}, {@code CLIENT_SECRET}, {@code
         * API_BASE_URL}; those that are not set change nothing.
         *
         * @return this
         */
        public Builder fromEnv() {
            apiKey = env("API_KEY", apiKey);
            username = env("API_USERNAME", username);
            password = env("API_PASSWORD", password);
            queryKey = env("QUERY_KEY", queryKey);
            accessToken = env("ACCESS_TOKEN", accessToken);
            clientId = env("CLIENT_ID", clientId);
            clientSecret = env("CLIENT_SECRET", clientSecret);
            return envUrl();
        }

        /**
         * The client.
         *
         * @return one that serves all threads
         */
        public AcmePay build() {
            return new AcmePay(this);
        }
    }
}
