package @@java-package@@;

/** The base of all that this library throws at run time. */
public abstract class SdkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SdkException(String message, Throwable cause) {
        super(message, cause);
    }
}
