package @@java-package@@;

/** Status 404: there is no such thing. */
public final class NotFoundException extends ApiException {
    private static final long serialVersionUID = 1L;

    NotFoundException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
