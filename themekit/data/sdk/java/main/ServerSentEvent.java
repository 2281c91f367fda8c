package @@java-package@@;

/** One event of a stream, as it came. */
public final class ServerSentEvent {
    private final String id;
    private final String event;
    private final String data;

    ServerSentEvent(String id, String event, String data) {
        this.id = id;
        this.event = event;
        this.data = data;
    }

    /**
     * The id of the last event that had one.
     *
     * @return the id, or an empty text
     */
    public String id() {
        return id;
    }

    /**
     * The kind of the event.
     *
     * @return its name, {@code message} if it has none
     */
    public String event() {
        return event;
    }

    /**
     * What the event says.
     *
     * @return the text
     */
    public String data() {
        return data;
    }

    /**
     * What the event says, as JSON.
     *
     * @return the value, as {@link Json} reads it
     */
    public Object json() {
        return Json.parse(data);
    }
}
