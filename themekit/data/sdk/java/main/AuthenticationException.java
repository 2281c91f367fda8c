package @@java-package@@;

/** Status 401 or 403: the credentials are wrong, or not enough. */
public class AuthenticationException extends ApiException {
    private static final long serialVersionUID = 1L;

    AuthenticationException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
