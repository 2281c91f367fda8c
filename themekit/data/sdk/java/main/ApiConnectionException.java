package @@java-package@@;

/** No answer: the name, the network, TLS or the time-out. What the request did is unknown. */
public class ApiConnectionException extends SdkException {
    private static final long serialVersionUID = 1L;

    private final int attempts;

    ApiConnectionException(String message, int attempts, Throwable cause) {
        super(message, cause);
        this.attempts = attempts;
    }

    /**
     * How often the request was sent.
     *
     * @return at least 1
     */
    public int attempts() {
        return attempts;
    }
}
