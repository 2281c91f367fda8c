package @@java-package@@;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Tokens by client credentials (RFC 6749, 4.4): fetched once at a time, renewed before they end.
 */
final class WireTokens {
    private static final long EARLY_S = 60; // renewed so long before it ends
    private static final long DEFAULT_S = 3600; // where the answer has no `expires_in`

    private final HttpClient http;
    private final URI url;
    private final String authorization;
    private final String form;
    private final Duration timeout;

    private CompletableFuture<Token> current;

    WireTokens(HttpClient http, URI url, String[] client, List<String> scopes, Duration timeout) {
        this.http = http;
        this.url = url;
        this.timeout = timeout;
        authorization =
                WireCredentials.basicValue(
                        WireParameter.encoded(client[0]), WireParameter.encoded(client[1]));
        String scope = WireParameter.encoded(String.join(" ", scopes));
        form = "grant_type=client_credentials" + (scopes.isEmpty() ? "" : "&scope=" + scope);
    }

    /** A token that is good for some time. */
    synchronized CompletableFuture<String> token() {
        boolean isUsable =
                current != null
                        && !current.isCompletedExceptionally()
                        && !(current.isDone() && current.join().isOver());
        if (!isUsable) {
            current = fetched();
        }
        return current.thenApply(token -> token.value);
    }

    /** The token was refused: the next one is fetched, unless that was done already. */
    synchronized void refused(String value) {
        boolean isCurrent =
                current != null
                        && current.isDone()
                        && !current.isCompletedExceptionally()
                        && current.join().value.equals(value);
        if (isCurrent) {
            current = null;
        }
    }

    private CompletableFuture<Token> fetched() {
        HttpRequest request =
                HttpRequest.newBuilder(url)
                        .timeout(timeout)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "application/json")
                        .POST(BodyPublishers.ofString(form))
                        .build();
        return http.sendAsync(request, BodyHandlers.ofByteArray()).thenApply(WireTokens::read);
    }

    private static Token read(HttpResponse<byte[]> response) {
        ApiResponse answer = new ApiResponse(response.statusCode(), response.headers(), 1);
        Object body;
        try {
            body = Json.parse(new String(response.body(), StandardCharsets.UTF_8));
        } catch (JsonException error) {
            body = null;
        }
        Object value = WireValues.at(body, List.of("access_token"));
        if (response.statusCode() / 100 != 2 || !(value instanceof String)) {
            throw ApiException.of(answer, response.body(), body);
        }
        Object seconds = WireValues.at(body, List.of("expires_in"));
        long lifetime = seconds instanceof Number ? ((Number) seconds).longValue() : DEFAULT_S;
        return new Token((String) value, lifetime);
    }

    private static final class Token {
        private final String value;
        private final long end;

        Token(String value, long lifetime) {
            this.value = value;
            long early = Math.min(EARLY_S, lifetime / 10);
            end = System.nanoTime() + Duration.ofSeconds(lifetime - early).toNanos();
        }

        boolean isOver() {
            return System.nanoTime() - end >= 0;
        }
    }
}
