package @@java-package@@;

/** A delivery whose signature is wrong, or too old. */
public final class WebhookVerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    WebhookVerificationException(String message) {
        super(message);
    }
}
