package @@java-package@@;

/** Status 403: the credentials do not allow this. */
public final class PermissionException extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    PermissionException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }
}
