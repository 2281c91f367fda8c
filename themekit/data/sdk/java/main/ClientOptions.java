package @@java-package@@;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What the builders of clients share.
 *
 * @param <B> the builder
 */
public abstract class ClientOptions<B extends ClientOptions<B>> {
    final Map<String, String> headers = new LinkedHashMap<>();
    final List<Consumer<HttpRequest.Builder>> beforeRequest = new ArrayList<>();
    final List<Consumer<ApiResponse>> afterResponse = new ArrayList<>();
    Duration timeout = Duration.ofSeconds(60);
    int maxRetries = 3;

    private Duration connectTimeout = Duration.ofSeconds(5);
    private HttpClient http;
    private String baseUrl;
    private Environment environment;

    ClientOptions() {}

    abstract B self();

    /**
     * Where requests go.
     *
     * @param value the environment
     * @return this
     */
    public B environment(Environment value) {
        environment = value;
        return self();
    }

    /**
     * The address that all paths are appended to, in place of the environment's.
     *
     * @param value a URL
     * @return this
     */
    public B baseUrl(URI value) {
        String text = value.toString();
        baseUrl = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return self();
    }

    /**
     * How long one attempt may take, 60 seconds by default. Of a stream or a download it is the
     * time until it begins.
     *
     * @param value more than zero
     * @return this
     */
    public B timeout(Duration value) {
        timeout = value;
        return self();
    }

    /**
     * How long connecting may take, 5 seconds by default.
     *
     * @param value more than zero
     * @return this
     */
    public B connectTimeout(Duration value) {
        connectTimeout = value;
        return self();
    }

    /**
     * How often a request is repeated if that helps, 3 times by default.
     *
     * @param value zero or more
     * @return this
     */
    public B maxRetries(int value) {
        maxRetries = value;
        return self();
    }

    /**
     * A header for all requests.
     *
     * @param name its name
     * @param value its value
     * @return this
     */
    public B header(String name, String value) {
        headers.put(name, value);
        return self();
    }

    /**
     * Is called before each attempt, and may change the request.
     *
     * @param hook what to do
     * @return this
     */
    public B beforeRequest(Consumer<HttpRequest.Builder> hook) {
        beforeRequest.add(hook);
        return self();
    }

    /**
     * Is called after each answer, also after one of an error.
     *
     * @param hook what to do
     * @return this
     */
    public B afterResponse(Consumer<ApiResponse> hook) {
        afterResponse.add(hook);
        return self();
    }

    /**
     * An HTTP client with your proxy, executor or trust store.
     *
     * @param value one that follows no redirects, as it would send credentials along
     * @return this
     */
    public B httpClient(HttpClient value) {
        if (value.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("the HTTP client must not follow redirects itself");
        }
        http = value;
        return self();
    }

    final HttpClient http() {
        if (http == null) {
            http = HttpClient.newBuilder().connectTimeout(connectTimeout).build();
        }
        return http;
    }

    final boolean isBaseGiven() {
        return baseUrl != null;
    }

    /** The base URL; a key of the sandbox leads there unless something else was said. */
    final String url(String key) {
        if (baseUrl != null) {
            return baseUrl;
        }
        if (environment != null) {
            return environment.url();
        }
        boolean isTest = key != null && key.matches("[a-z]+_test_.*");
        return (isTest ? Environment.SANDBOX : Environment.LIVE).url();
    }

    final WireTokens tokens(
            String client, String secret, List<String> scopes, String tokenUrl, String base) {
        if (client == null || secret == null) {
            return null;
        }
        URI url = tokenUrl(tokenUrl, base);
        return new WireTokens(http(), url, new String[] {client, secret}, scopes, timeout);
    }

    private static URI tokenUrl(String url, String base) {
        if (url.startsWith("+")) {
            return URI.create(base + url.substring(1));
        }
        return URI.create(base + "/").resolve(url);
    }

    /** The base URL that the environment says, if it does. */
    final B envUrl() {
        String url = env("API_BASE_URL", null);
        return url == null ? self() : baseUrl(URI.create(url));
    }

    static String env(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }
}
