package @@java-package@@;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * Events as they come. It can be iterated once, holds a connection until it ends or is closed, and
 * connects again if that breaks and the API can go on after the last event.
 *
 * @param <T> the type of an event
 */
public final class EventStream<T> implements Iterable<T>, AutoCloseable {
    private static final int MAX_RECONNECTS = 5; // in a row, with no event between

    private final WireTransport transport;
    private final WireCall call;
    private final RequestOptions options;
    private final Format format;
    private final Function<Object, T> reader;
    private volatile InputStream content;
    private volatile boolean isClosed;
    private WireLines lines;
    private String lastEventId = "";

    /** What stands in a stream, and what the reader gets of it. */
    enum Format {
        /** Server-sent events: the reader gets their data, as JSON. */
        EVENTS,
        /** Server-sent events: the reader gets an object of event, data and id. */
        ENVELOPES,
        /** Server-sent events: the reader gets them as they are. */
        RAW,
        /** A JSON value in each line. */
        LINES
    }

    EventStream(
            WireTransport transport,
            WireCall call,
            RequestOptions options,
            InputStream content,
            Format format,
            Function<Object, T> reader) {
        this.transport = transport;
        this.call = call;
        this.options = options;
        this.content = content;
        this.format = format;
        this.reader = reader;
        lines = new WireLines(content);
    }

    /**
     * The events that are still to come.
     *
     * @return the one iterator of this stream
     */
    @Override
    public Iterator<T> iterator() {
        return new Events();
    }

    /**
     * The id of the last event that had one.
     *
     * @return what to go on after, or an empty text
     */
    public String lastEventId() {
        return lastEventId;
    }

    /** Ends the stream, also from another thread. */
    @Override
    public void close() {
        isClosed = true;
        try {
            content.close();
        } catch (IOException error) {
            throw new ApiConnectionException("the stream did not close", 1, error);
        }
    }

    private T next() {
        int reconnects = 0;
        while (!isClosed) {
            try {
                return format == Format.LINES ? line() : event();
            } catch (IOException error) {
                boolean isResumable =
                        call.isResumable() && !lastEventId.isEmpty() && reconnects < MAX_RECONNECTS;
                if (!isClosed && !isResumable) {
                    throw new ApiConnectionException("the stream broke", 1, error);
                }
                reconnects++;
                reconnect();
            }
        }
        return null;
    }

    private void reconnect() {
        if (isClosed) {
            return;
        }
        WireCall again = call.next(WireParameter.HEADER, WireCall.LAST_EVENT_ID, lastEventId);
        content =
                WireTransport.await(
                        transport.start(again, options, (answer, body) -> (InputStream) body));
        lines = new WireLines(content);
    }

    private T line() throws IOException {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        return line == null || line.equals("[DONE]") ? null : reader.apply(Json.parse(line));
    }

    private T event() throws IOException {
        ServerSentEvent event = lines.nextEvent(lastEventId);
        if (event == null || event.data().equals("[DONE]")) {
            return null;
        }
        lastEventId = event.id();
        switch (format) {
            case RAW:
                return reader.apply(event);
            case ENVELOPES:
                return reader.apply(envelope(event));
            default:
                return reader.apply(Json.parse(event.data()));
        }
    }

    private static Map<String, Object> envelope(ServerSentEvent event) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("event", event.event());
        members.put("data", dataOf(event));
        if (!event.id().isEmpty()) {
            members.put("id", event.id());
        }
        return members;
    }

    private static Object dataOf(ServerSentEvent event) {
        try {
            return event.json();
        } catch (JsonException error) {
            return event.data();
        }
    }

    private final class Events implements Iterator<T> {
        private T next;
        private boolean isEnded;

        @Override
        public boolean hasNext() {
            if (next == null && !isEnded) {
                next = EventStream.this.next();
                isEnded = next == null;
                if (isEnded) {
                    close();
                }
            }
            return !isEnded;
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T found = next;
            next = null;
            return found;
        }
    }
}
