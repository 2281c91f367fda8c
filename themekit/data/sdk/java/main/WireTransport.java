package @@java-package@@;

import java.io.InputStream;
import java.net.URI;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Sends calls: the one place that both kinds of client share. */
final class WireTransport {
    final ClientOptions<?> options;
    final WireCredentials credentials;
    final String baseUrl;

    private volatile boolean isClosed;

    WireTransport(ClientOptions<?> options, WireCredentials credentials, String baseUrl) {
        this.options = options;
        this.credentials = credentials;
        this.baseUrl = baseUrl;
    }

    /** Where a call goes: an operation's own server counts as long as nothing else was said. */
    String base(WireCall call) {
        boolean isLive = !options.isBaseGiven() && baseUrl.equals(Environment.LIVE.url());
        if (call.server().isEmpty() || !isLive) {
            return baseUrl;
        }
        String found = URI.create(baseUrl + "/").resolve(call.server()).toString();
        return found.endsWith("/") ? found.substring(0, found.length() - 1) : found;
    }

    void close() {
        isClosed = true;
    }

    /** The body of the answer, read from JSON; null if there is none. */
    <T> CompletableFuture<T> json(
            WireCall call, RequestOptions request, Function<Object, T> reader) {
        return start(
                call,
                request,
                (response, content) -> {
                    String text = WireExchange.text((byte[]) content);
                    if (text.isEmpty() || response.status() == 204) {
                        return null;
                    }
                    T value = reader.apply(Json.parse(text));
                    if (value instanceof ApiObject) {
                        ((ApiObject) value).attach(response);
                    }
                    return value;
                });
    }

    /** The body of the answer as text. */
    CompletableFuture<String> text(WireCall call, RequestOptions request) {
        return start(call, request, (response, content) -> WireExchange.text((byte[]) content));
    }

    /** Nothing but that the call succeeded. */
    CompletableFuture<Void> none(WireCall call, RequestOptions request) {
        return start(call, request, (response, content) -> null);
    }

    /** The body of the answer as it comes. */
    CompletableFuture<InputStream> download(WireCall call, RequestOptions request) {
        return start(call.streamed(), request, (response, content) -> (InputStream) content);
    }

    /** The first page of a list. */
    <T> CompletableFuture<Page<T>> page(
            WireCall call, RequestOptions request, WirePaging<T> paging) {
        return start(
                call,
                request,
                (response, content) -> {
                    String text = WireExchange.text((byte[]) content);
                    Object body = text.isEmpty() ? null : Json.parse(text);
                    return new Page<T>(this, call, request, paging, response, body);
                });
    }

    /** A stream of events or lines. */
    <T> CompletableFuture<EventStream<T>> events(
            WireCall call,
            RequestOptions request,
            EventStream.Format format,
            Function<Object, T> reader) {
        return start(
                call.streamed(),
                request,
                (response, content) ->
                        new EventStream<T>(
                                this, call, request, (InputStream) content, format, reader));
    }

    <T> CompletableFuture<T> start(
            WireCall call, RequestOptions request, WireExchange.Reading<T> reading) {
        if (isClosed) {
            throw new IllegalStateException("the client is closed");
        }
        RequestOptions given = request == null ? RequestOptions.NONE : request;
        return new WireExchange<>(this, call, given, reading).start();
    }

    /** What a call gave, or its exception, which shows where the caller stands. */
    static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException error) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new ApiConnectionException("interrupted", 1, error);
        } catch (ExecutionException error) {
            Throwable cause = unwrapped(error);
            if (cause instanceof RuntimeException) {
                cause.setStackTrace(Thread.currentThread().getStackTrace());
                throw (RuntimeException) cause;
            }
            if (cause instanceof Error) {
                throw (Error) cause;
            }
            throw new ApiConnectionException(String.valueOf(cause.getMessage()), 1, cause);
        } catch (CancellationException error) {
            throw new ApiConnectionException("canceled", 1, error);
        }
    }

    static Throwable unwrapped(Throwable error) {
        Throwable cause = error;
        boolean isWrapped;
        do {
            isWrapped = cause instanceof CompletionException || cause instanceof ExecutionException;
            cause = isWrapped && cause.getCause() != null ? cause.getCause() : cause;
        } while (isWrapped
                && (cause instanceof CompletionException || cause instanceof ExecutionException));
        return cause;
    }
}
