package @@java-package@@;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One call: its attempts, redirects and pauses, until there is an answer or an error. */
final class WireExchange<T> {
    private static final System.Logger LOG = System.getLogger("@@java-package@@");
    private static final Set<Integer> RETRIED = Set.of(408, 429, 500, 502, 503, 504);
    private static final Set<String> KEPT = Set.of("accept", "user-agent", "content-type");
    private static final int MAX_REDIRECTS = 5;
    private static final long FIRST_PAUSE_MS = 500;
    private static final long LAST_PAUSE_MS = 8_000;
    private static final long LONGEST_WAIT_MS = 60_000;

    private final WireTransport transport;
    private final WireCall call;
    private final RequestOptions request;
    private final Reading<T> reading;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Duration timeout;
    private final int maxRetries;
    private final String boundary = UUID.randomUUID().toString();
    private final String key;

    private volatile CompletableFuture<?> current;
    private int attempts;
    private int retries;
    private int redirects;
    private boolean isRenewed;
    private List<WireCredentials.Credential> credentials;
    private List<WireParameter> sent = List.of();

    WireExchange(
            WireTransport transport, WireCall call, RequestOptions request, Reading<T> reading) {
        this.transport = transport;
        this.call = call;
        this.request = request;
        this.reading = reading;
        timeout = request.timeout() == null ? transport.options.timeout : request.timeout();
        Integer own = request.maxRetries();
        maxRetries = own == null ? transport.options.maxRetries : own;
        String given = request.idempotencyKey();
        key = given == null ? UUID.randomUUID().toString() : given;
    }

    /** What an answer of success is turned into: its body is a byte array, or a stream. */
    interface Reading<T> {
        T read(ApiResponse response, Object content);
    }

    static String text(byte[] content) {
        return new String(content, StandardCharsets.UTF_8);
    }

    CompletableFuture<T> start() {
        String url = call.url(transport.base(call));
        credentials =
                isForeign(transport.base(call), url)
                        ? List.of()
                        : transport.credentials.chosen(call.security);
        result.whenComplete(
                (value, error) -> {
                    CompletableFuture<?> running = current;
                    if (result.isCancelled() && running != null) {
                        running.cancel(true);
                    }
                });
        attempt(url, call.method, false);
        return result;
    }

    private void attempt(String url, String method, boolean isBare) {
        if (result.isDone()) {
            return;
        }
        if (isBare) {
            send(url, method, true);
            return;
        }
        List<CompletableFuture<WireParameter>> ready = new ArrayList<>();
        credentials.forEach(each -> ready.add(each.ready()));
        CompletableFuture<Void> all =
                CompletableFuture.allOf(ready.toArray(new CompletableFuture<?>[0]));
        current = all;
        all.whenComplete(
                (nothing, error) -> {
                    if (error != null) {
                        failed(url, method, error);
                        return;
                    }
                    sent = new ArrayList<>();
                    ready.forEach(each -> sent.add(each.join()));
                    sent.removeIf(each -> each == null);
                    send(url, method, false);
                });
    }

    private void send(String url, String method, boolean isBare) {
        try {
            attempts++;
            HttpRequest built = built(url, method, isBare);
            LOG.log(Level.DEBUG, "{0} {1}", method, built.uri().getPath());
            CompletableFuture<HttpResponse<Object>> response =
                    transport.options.http().sendAsync(built, this::subscriber);
            current = response;
            response.copy()
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete(
                            (answer, error) -> {
                                if (error != null) {
                                    response.cancel(true);
                                }
                                ended(url, method, isBare, answer, error);
                            });
        } catch (RuntimeException error) {
            result.completeExceptionally(error);
        }
    }

    private BodySubscriber<Object> subscriber(HttpResponse.ResponseInfo info) {
        boolean isStream = call.isStreamed && info.statusCode() / 100 == 2;
        return isStream
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), body -> body)
                : BodySubscribers.mapping(BodySubscribers.ofByteArray(), body -> body);
    }

    private HttpRequest built(String url, String method, boolean isBare) {
        String address = isBare ? url : WireCredentials.withQuery(url, sent);
        BodyPublisher body =
                method.equals(call.method) ? call.publisher(boundary) : BodyPublishers.noBody();
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(address)).timeout(timeout).method(method, body);
        if (url.startsWith("http:")) {
            builder.version(HttpClient.Version.HTTP_1_1); // no upgrade to HTTP/2 in plain text
        }
        builder.setHeader("User-Agent", "@@id@@-sdk-java/@@version@@");
        transport.options.headers.forEach((name, value) -> set(builder, name, value, isBare));
        Map<String, String> own = call.allHeaders(boundary);
        own.forEach((name, value) -> set(builder, name, value, isBare));
        if (!call.idempotency.isEmpty()) {
            set(builder, call.idempotency, key, isBare);
        }
        if (!isBare) {
            WireCredentials.addHeaders(builder, sent, own.get("Cookie"));
        }
        request.headers().forEach((name, value) -> set(builder, name, value, isBare));
        if (!isBare) {
            transport.options.beforeRequest.forEach(hook -> hook.accept(builder));
        }
        return builder.build();
    }

    private static void set(
            HttpRequest.Builder builder, String name, String value, boolean isBare) {
        if (!isBare || KEPT.contains(name.toLowerCase(Locale.ROOT))) {
            builder.setHeader(name, value);
        }
    }

    private void ended(
            String url,
            String method,
            boolean isBare,
            HttpResponse<Object> answer,
            Throwable error) {
        if (error != null) {
            failed(url, method, error);
            return;
        }
        try {
            ApiResponse response = new ApiResponse(answer.statusCode(), answer.headers(), attempts);
            transport.options.afterResponse.forEach(hook -> hook.accept(response));
            answered(url, method, isBare, response, answer.body());
        } catch (RuntimeException failure) {
            result.completeExceptionally(failure);
        }
    }

    private void answered(
            String url, String method, boolean isBare, ApiResponse response, Object content) {
        int status = response.status();
        String location = response.header("Location");
        if (status / 100 == 2) {
            succeeded(response, content);
        } else if (location != null && isFollowed(status, method)) {
            redirects++;
            String target = URI.create(url).resolve(location).toString();
            boolean isForeign = isBare || isForeign(url, target);
            attempt(target, status == 303 && !method.equals("HEAD") ? "GET" : method, isForeign);
        } else if (status == 401 && !isRenewed && renew()) {
            attempt(url, method, isBare);
        } else {
            byte[] body = (byte[]) content;
            ApiException error = ApiException.of(response, body, call.error(status, body));
            if ((RETRIED.contains(status) || isStillRunning(error)) && mayRetry()) {
                retry(url, method, isBare, waitMs(response.header("Retry-After")));
            } else {
                result.completeExceptionally(error);
            }
        }
    }

    /** The first request with this idempotency key has no answer yet. */
    private static boolean isStillRunning(ApiException error) {
        return error.status() == 409 && "idempotency_in_progress".equals(error.code());
    }

    private void succeeded(ApiResponse response, Object content) {
        try {
            boolean isTaken = result.complete(reading.read(response, content));
            if (!isTaken && content instanceof InputStream) {
                ((InputStream) content).close();
            }
        } catch (IOException error) {
            LOG.log(Level.DEBUG, "a stream that nobody waits for did not close");
        }
    }

    private boolean isFollowed(int status, String method) {
        boolean isSafe = method.equals("GET") || method.equals("HEAD");
        boolean isKept = status == 307 || status == 308;
        return redirects < MAX_REDIRECTS
                && (status == 303
                        || isKept && call.isRepeatable()
                        || isSafe && (status == 301 || status == 302));
    }

    /** Fetched credentials are fetched anew, once. */
    private boolean renew() {
        isRenewed = true;
        boolean isAny = false;
        for (int index = 0; index < credentials.size(); index++) {
            WireTokens tokens = credentials.get(index).tokens();
            if (tokens != null) {
                tokens.refused(sent.get(index).header().substring("Bearer ".length()));
                isAny = true;
            }
        }
        return isAny && call.isRepeatable();
    }

    private boolean mayRetry() {
        return retries < maxRetries && call.isIdempotent() && call.isRepeatable();
    }

    private void retry(String url, String method, boolean isBare, long pauseMs) {
        retries++;
        LOG.log(Level.INFO, "retry {0} of {1} {2}", retries, method, URI.create(url).getPath());
        Executor later = CompletableFuture.delayedExecutor(pauseMs, TimeUnit.MILLISECONDS);
        current = CompletableFuture.runAsync(() -> attempt(url, method, isBare), later);
    }

    private void failed(String url, String method, Throwable error) {
        Throwable cause = WireTransport.unwrapped(error);
        if (cause instanceof SdkException || cause instanceof Error) {
            result.completeExceptionally(cause);
            return;
        }
        boolean isBare = isForeign(transport.base(call), url);
        if (mayRetry() && !result.isDone() && !(cause instanceof IllegalArgumentException)) {
            retry(url, method, isBare, pauseMs());
            return;
        }
        boolean isTimeout =
                cause instanceof TimeoutException || cause instanceof HttpTimeoutException;
        int sentTimes = Math.max(1, attempts);
        result.completeExceptionally(
                isTimeout
                        ? new ApiTimeoutException(
                                "no answer within " + timeout.toMillis() + " ms", sentTimes, cause)
                        : new ApiConnectionException(
                                "no answer: " + cause.getClass().getSimpleName(),
                                sentTimes,
                                cause));
    }

    private long pauseMs() {
        long full = Math.min(LAST_PAUSE_MS, FIRST_PAUSE_MS << Math.min(10, retries));
        return full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1);
    }

    private long waitMs(String retryAfter) {
        if (retryAfter == null) {
            return pauseMs();
        }
        String text = retryAfter.trim();
        if (text.matches("[0-9]{1,9}")) {
            return Math.min(LONGEST_WAIT_MS, Long.parseLong(text) * 1000);
        }
        try {
            ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
            long wait = date.toInstant().toEpochMilli() - System.currentTimeMillis();
            return Math.max(0, Math.min(LONGEST_WAIT_MS, wait));
        } catch (DateTimeParseException error) {
            return pauseMs();
        }
    }

    /** Whether an address is of another origin, where credentials must not go. */
    static boolean isForeign(String base, String url) {
        URI one = URI.create(base);
        URI other = URI.create(base).resolve(url);
        return !one.getScheme().equalsIgnoreCase(other.getScheme())
                || !String.valueOf(one.getHost()).equalsIgnoreCase(String.valueOf(other.getHost()))
                || port(one) != port(other);
    }

    private static int port(URI url) {
        int port = url.getPort();
        return port >= 0 ? port : "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
