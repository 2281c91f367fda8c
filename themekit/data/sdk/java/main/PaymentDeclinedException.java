package @@java-package@@;

/** Status 402: a payment is required, or was declined. */
public final class PaymentDeclinedException extends ApiException {
    private static final long serialVersionUID = 1L;

    PaymentDeclinedException(ApiResponse response, byte[] content, Object body) {
        super(response, content, body);
    }

    /**
     * The member {@code decline_code} of the answer.
     *
     * @return the reason, or null
     */
    public String declineCode() {
        return text("decline_code");
    }
}
