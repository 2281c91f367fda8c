package @@java-package@@;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A body of several parts (RFC 7578), whose files are read while they are sent. */
final class WireMultipart {
    private final String boundary;
    private final List<Supplier<InputStream>> pieces = new ArrayList<>();
    private long length;

    WireMultipart(String boundary) {
        this.boundary = boundary;
    }

    /**
     * A value as one part, or a list as one part each. The type may be null: it is told by the
     * value.
     */
    void add(String name, Object value, String type) {
        if (value instanceof List && !"application/json".equals(type)) {
            ((List<?>) value).forEach(item -> add(name, item, type));
        } else if (value instanceof Upload) {
            addFile(name, (Upload) value, type);
        } else {
            boolean isJson = value instanceof Map || "application/json".equals(type);
            String text = isJson ? Json.write(value) : WireParameter.text(value);
            String ownType = isJson ? "application/json" : type;
            addText(head(name, null, ownType) + text + "\r\n");
        }
    }

    private void addFile(String name, Upload file, String type) {
        boolean isOwn = type == null || type.indexOf('*') >= 0 || type.indexOf(',') >= 0;
        addText(head(name, file.name(), isOwn ? file.mediaType() : type));
        long fileLength = file.length();
        length = fileLength < 0 || length < 0 ? -1 : length + fileLength;
        pieces.add(file::open);
        addText("\r\n");
    }

    private String head(String name, String fileName, String type) {
        StringBuilder head = new StringBuilder("--").append(boundary);
        head.append("\r\nContent-Disposition: form-data; name=\"").append(quoted(name)).append('"');
        if (fileName != null) {
            head.append("; filename=\"").append(quoted(fileName)).append('"');
        }
        if (type != null) {
            head.append("\r\nContent-Type: ").append(type);
        }
        return head.append("\r\n\r\n").toString();
    }

    private static String quoted(String text) {
        return text.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    private void addText(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        length = length < 0 ? -1 : length + content.length;
        pieces.add(() -> new ByteArrayInputStream(content));
    }

    BodyPublisher publisher() {
        addText("--" + boundary + "--\r\n");
        return sized(BodyPublishers.ofInputStream(this::open), length);
    }

    /** The bytes of one file, and nothing else. */
    static BodyPublisher publisher(Upload file) {
        return sized(BodyPublishers.ofInputStream(file::open), file.length());
    }

    private static BodyPublisher sized(BodyPublisher publisher, long size) {
        if (size == 0) {
            return BodyPublishers.noBody();
        }
        return size < 0 ? publisher : BodyPublishers.fromPublisher(publisher, size);
    }

    private InputStream open() {
        Iterator<Supplier<InputStream>> rest = pieces.iterator();
        return new SequenceInputStream(
                new Enumeration<InputStream>() {
                    @Override
                    public boolean hasMoreElements() {
                        return rest.hasNext();
                    }

                    @Override
                    public InputStream nextElement() {
                        return rest.next().get();
                    }
                });
    }
}
