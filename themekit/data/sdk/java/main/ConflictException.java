package @@java-package@@;

/** Status 409: the state does not allow this. */
public final class ConflictException extends ApiException {
    private static final long serialVersionUID = 1L;

    ConflictException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
