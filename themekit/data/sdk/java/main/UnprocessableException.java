package @@java-package@@;

/** Status 422: the request is understood, and its values are not accepted. */
public final class UnprocessableException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnprocessableException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
