package @@java-package@@;

/** A call that needs credentials which the client was not given. Nothing was sent. */
public final class MissingCredentialsException extends SdkException {
    private static final long serialVersionUID = 1L;

    MissingCredentialsException(String message) {
        super(message, null);
    }
}
