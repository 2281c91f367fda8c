package @@java-package@@;

/** Status 5xx: something failed at the API. */
public final class ServerException extends ApiException {
    private static final long serialVersionUID = 1L;

    ServerException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
