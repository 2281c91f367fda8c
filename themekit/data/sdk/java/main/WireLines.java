package @@java-package@@;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines, and events made of them. Source: HTML, "Parsing an event stream". */
final class WireLines {
    private final InputStream content;
    private final byte[] buffer = new byte[8192];
    private int at;
    private int end;
    private boolean isAfterReturn;
    private boolean isStarted;

    WireLines(InputStream content) {
        this.content = content;
    }

    /** The next event, or null at the end. An event that is cut off is none. */
    ServerSentEvent nextEvent(String lastId) throws IOException {
        StringBuilder data = new StringBuilder();
        String id = lastId;
        String kind = "";
        boolean hasData = false;
        for (String line = next(); line != null; line = next()) {
            if (line.isEmpty()) {
                if (hasData) {
                    data.setLength(data.length() - 1);
                    return new ServerSentEvent(
                            id, kind.isEmpty() ? "message" : kind, data.toString());
                }
                kind = "";
                continue;
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (name.equals("data")) {
                data.append(value).append('\n');
                hasData = true;
            } else if (name.equals("event")) {
                kind = value;
            } else if (name.equals("id") && value.indexOf('\0') < 0) {
                id = value;
            }
        }
        return null;
    }

    /** The next line, which ends at a line feed, a carriage return or both; null at the end. */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int each = read();
        if (each < 0) {
            return null;
        }
        while (each >= 0 && each != '\n' && each != '\r') {
            line.write(each);
            each = read();
        }
        isAfterReturn = each == '\r';
        String text = line.toString(StandardCharsets.UTF_8);
        boolean isMarked = !isStarted && text.startsWith("\uFEFF");
        isStarted = true;
        return isMarked ? text.substring(1) : text;
    }

    private int read() throws IOException {
        int each = raw();
        if (isAfterReturn) {
            isAfterReturn = false;
            return each == '\n' ? raw() : each;
        }
        return each;
    }

    private int raw() throws IOException {
        if (at == end) {
            end = content.read(buffer);
            at = 0;
            if (end <= 0) {
                end = 0;
                return -1;
            }
        }
        return buffer[at++] & 0xff;
    }
}
