package @@java-package@@;

/** An attempt that took longer than its time-out. */
public final class ApiTimeoutException extends ApiConnectionException {
    private static final long serialVersionUID = 1L;

    ApiTimeoutException(String message, int attempts, Throwable cause) {
        super(message, attempts, cause);
    }
}
