package @@java-package@@;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** A parameter of a request and how it is written. */
final class WireParameter {
    static final String PATH = "path";
    static final String QUERY = "query";
    static final String HEADER = "header";
    static final String COOKIE = "cookie";

    private static final String UNRESERVED = "-._~";
    private static final String RESERVED = ":/?@!$'()*,;=";

    final String place;
    final String name;
    final Object value;
    private final String style;
    private final boolean isExploded;
    private final boolean isReserved;
    private final boolean isJson;

    WireParameter(String place, String name, String style, boolean isExploded) {
        this(place, name, style, isExploded, false, false, null);
    }

    private WireParameter(
            String place,
            String name,
            String style,
            boolean isExploded,
            boolean isReserved,
            boolean isJson,
            Object value) {
        this.place = place;
        this.name = name;
        this.style = style;
        this.isExploded = isExploded;
        this.isReserved = isReserved;
        this.isJson = isJson;
        this.value = value;
    }

    WireParameter with(Object plain) {
        return new WireParameter(place, name, style, isExploded, isReserved, isJson, plain);
    }

    /** Reserved characters are sent as they are. */
    WireParameter reserved() {
        return new WireParameter(place, name, style, isExploded, true, isJson, value);
    }

    /** The value is sent as JSON. */
    WireParameter json() {
        return new WireParameter(place, name, style, isExploded, isReserved, true, value);
    }

    /** What stands in the path, with prefix. */
    String path() {
        String written = pathText();
        if (written.isEmpty() || written.equals(".") || written.equals("..")) {
            throw new IllegalArgumentException("`" + name + "` must not be \"" + written + "\"");
        }
        return written;
    }

    private String pathText() {
        if (isJson) {
            return encoded(Json.write(value));
        }
        switch (style) {
            case "label":
                return "." + joined(isExploded ? "." : ",");
            case "matrix":
                if (isExploded && value instanceof List) {
                    StringJoiner joiner = new StringJoiner("");
                    ((List<?>) value)
                            .forEach(item -> joiner.add(";" + encoded(name) + "=" + scalar(item)));
                    return joiner.toString();
                }
                return isExploded && value instanceof Map
                        ? ";" + joined(";")
                        : ";" + encoded(name) + "=" + joined(",");
            default:
                return joined(",");
        }
    }

    /** What stands in a header. */
    String header() {
        String text = isJson ? Json.write(value) : plainJoined();
        if (text.indexOf('\r') >= 0 || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("`" + name + "` must not have a line break");
        }
        return text;
    }

    /** Pairs of a query, a form or cookies, encoded. */
    List<String> pairs() {
        List<String> pairs = new ArrayList<>();
        if (isJson) {
            pairs.add(pair(name, encoded(Json.write(value))));
        } else if (value instanceof List) {
            listPairs(pairs, (List<?>) value);
        } else if (value instanceof Map) {
            mapPairs(pairs, (Map<?, ?>) value);
        } else if (value != null) {
            pairs.add(pair(name, scalar(value)));
        }
        return pairs;
    }

    private void listPairs(List<String> pairs, List<?> items) {
        if (style.equals("deepObject")) {
            deep(pairs, name, items);
        } else if (isExploded) {
            items.forEach(item -> pairs.add(pair(name, scalar(item))));
        } else if (!items.isEmpty()) {
            pairs.add(pair(name, joined(delimiter())));
        }
    }

    private void mapPairs(List<String> pairs, Map<?, ?> members) {
        if (style.equals("deepObject")) {
            deep(pairs, name, members);
        } else if (isExploded) {
            members.forEach((key, each) -> pairs.add(pair(key.toString(), scalar(each))));
        } else if (!members.isEmpty()) {
            pairs.add(pair(name, joined(delimiter())));
        }
    }

    private void deep(List<String> pairs, String prefix, Object each) {
        if (each instanceof Map) {
            ((Map<?, ?>) each)
                    .forEach((key, inner) -> deep(pairs, prefix + "[" + key + "]", inner));
        } else if (each instanceof List) {
            ((List<?>) each).forEach(inner -> deep(pairs, prefix + "[]", inner));
        } else if (each != null) {
            pairs.add(pair(prefix, scalar(each)));
        }
    }

    private String delimiter() {
        switch (style) {
            case "spaceDelimited":
                return "%20";
            case "pipeDelimited":
                return "%7C";
            default:
                return ",";
        }
    }

    private String joined(String delimiter) {
        StringJoiner joiner = new StringJoiner(delimiter);
        if (value instanceof List) {
            ((List<?>) value).forEach(item -> joiner.add(scalar(item)));
        } else if (value instanceof Map) {
            ((Map<?, ?>) value)
                    .forEach(
                            (key, each) ->
                                    joiner.add(
                                            encoded(key.toString())
                                                    + (isExploded ? "=" : delimiter)
                                                    + scalar(each)));
        } else {
            joiner.add(scalar(value));
        }
        return joiner.toString();
    }

    private String plainJoined() {
        StringJoiner joiner = new StringJoiner(",");
        if (value instanceof List) {
            ((List<?>) value).forEach(item -> joiner.add(text(item)));
        } else if (value instanceof Map) {
            ((Map<?, ?>) value)
                    .forEach(
                            (key, each) -> joiner.add(key + (isExploded ? "=" : ",") + text(each)));
        } else {
            joiner.add(text(value));
        }
        return joiner.toString();
    }

    private String pair(String key, String encodedValue) {
        return encoded(key) + "=" + encodedValue;
    }

    private String scalar(Object each) {
        return isReserved ? percent(text(each), RESERVED) : encoded(text(each));
    }

    /** A value as text: JSON, but for strings, which have no quotes, and null, which is empty. */
    static String text(Object each) {
        if (each instanceof String) {
            return (String) each;
        }
        return each == null ? "" : Json.write(each);
    }

    static String encoded(String text) {
        return percent(text, "");
    }

    private static String percent(String text, String also) {
        StringBuilder out = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            boolean isKept =
                    letter < 128
                            && (Character.isLetterOrDigit(letter)
                                    || UNRESERVED.indexOf(letter) >= 0
                                    || also.indexOf(letter) >= 0);
            if (isKept) {
                out.append(letter);
            } else {
                out.append(String.format("%%%02X", each & 0xff));
            }
        }
        return out.toString();
    }
}
