package @@java-package@@;

/** Status 400: the request cannot be understood. */
public final class BadRequestException extends ApiException {
    private static final long serialVersionUID = 1L;

    BadRequestException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
