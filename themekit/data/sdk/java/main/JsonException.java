package @@java-package@@;

/** A text that is no JSON, or a JSON value of another type than the API describes. */
public final class JsonException extends SdkException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what was found
     */
    public JsonException(String message) {
        super(message, null);
    }
}
