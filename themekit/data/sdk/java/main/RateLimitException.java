package @@java-package@@;

/** Status 429: too many requests. */
public final class RateLimitException extends ApiException {
    private static final long serialVersionUID = 1L;

    RateLimitException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
