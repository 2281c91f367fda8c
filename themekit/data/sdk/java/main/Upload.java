package @@java-package@@;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A file to send: read while it is sent, not before. */
public final class Upload {
    private final Source source;
    private final String fileName;
    private final String contentType;
    private final boolean isRepeatable;

    private Upload(Source source, String fileName, String contentType, boolean isRepeatable) {
        this.source = source;
        this.fileName = fileName;
        this.contentType = contentType;
        this.isRepeatable = isRepeatable;
    }

    /**
     * A file on disk.
     *
     * @param path where it is
     * @return the file, with its name and the content type that its name tells
     */
    public static Upload of(Path path) {
        Path last = path.getFileName();
        String name = last == null ? "file" : last.toString();
        return new Upload(new PathSource(path), name, type(name), true);
    }

    /**
     * Bytes.
     *
     * @param content the bytes
     * @param fileName the name to send
     * @return the file
     */
    public static Upload of(byte[] content, String fileName) {
        return new Upload(new ByteSource(content.clone()), fileName, type(fileName), true);
    }

    /**
     * A stream, which can be read only once: a request with it is not repeated.
     *
     * @param content the stream; it is closed after it was sent
     * @param fileName the name to send
     * @return the file
     */
    public static Upload of(InputStream content, String fileName) {
        return new Upload(new StreamSource(content), fileName, type(fileName), false);
    }

    /**
     * The file with another content type.
     *
     * @param type as in {@code application/pdf}
     * @return a copy
     */
    public Upload contentType(String type) {
        if (type.indexOf('\r') >= 0 || type.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a content type has no line break");
        }
        return new Upload(source, fileName, type, isRepeatable);
    }

    /**
     * The file with another name.
     *
     * @param name the name to send
     * @return a copy
     */
    public Upload fileName(String name) {
        return new Upload(source, name, contentType, isRepeatable);
    }

    String name() {
        return fileName;
    }

    String mediaType() {
        return contentType;
    }

    boolean isRepeatable() {
        return isRepeatable;
    }

    /** The number of bytes, or -1 if nobody knows. */
    long length() {
        try {
            return source.length();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    InputStream open() {
        try {
            return source.open();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private static String type(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        switch (end) {
            case "pdf":
                return "application/pdf";
            case "json":
                return "application/json";
            case "jsonl":
                return "application/jsonl";
            case "png":
            case "gif":
            case "webp":
                return "image/" + end;
            case "jpg":
            case "jpeg":
                return "image/jpeg";
            case "csv":
                return "text/csv";
            case "txt":
                return "text/plain";
            default:
                return "application/octet-stream";
        }
    }

    private interface Source {
        InputStream open() throws IOException;

        long length() throws IOException;
    }

    private static final class PathSource implements Source {
        private final Path path;

        PathSource(Path path) {
            this.path = path;
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(path);
        }

        @Override
        public long length() throws IOException {
            return Files.size(path);
        }
    }

    private static final class ByteSource implements Source {
        private final byte[] content;

        ByteSource(byte[] content) {
            this.content = content;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }

        @Override
        public long length() {
            return content.length;
        }
    }

    private static final class StreamSource implements Source {
        private final InputStream content;

        StreamSource(InputStream content) {
            this.content = content;
        }

        @Override
        public InputStream open() {
            return content;
        }

        @Override
        public long length() {
            return -1;
        }
    }
}
