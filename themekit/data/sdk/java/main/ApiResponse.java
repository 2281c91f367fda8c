package @@java-package@@;

import java.net.http.HttpHeaders;

/** What an answer has besides its body. */
public final class ApiResponse {
    private final int status;
    private final HttpHeaders headers;
    private final int attempts;

    ApiResponse(int status, HttpHeaders headers, int attempts) {
        this.status = status;
        this.headers = headers;
        this.attempts = attempts;
    }

    /**
     * The status.
     *
     * @return as in 200
     */
    public int status() {
        return status;
    }

    /**
     * The headers.
     *
     * @return all of them
     */
    public HttpHeaders headers() {
        return headers;
    }

    /**
     * The first value of a header.
     *
     * @param name its name, in any case
     * @return the value, or null
     */
    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    /**
     * The id to quote to support.
     *
     * @return the header {@code Request-Id} or {@code X-Request-Id}, or null
     */
    public String requestId() {
        String id = header("Request-Id");
        return id == null ? header("X-Request-Id") : id;
    }

    /**
     * How often the request was sent.
     *
     * @return at least 1
     */
    public int attempts() {
        return attempts;
    }

    @Override
    public String toString() {
        return "ApiResponse{status=" + status + ", requestId=" + requestId() + "}";
    }
}
