package @@java-package@@;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;

/** One request, before credentials and options. Not shared between threads while it is made. */
final class WireCall {
    static final String LAST_EVENT_ID = "Last-Event-ID";

    final String method;
    final List<List<String>> security = new ArrayList<>();
    final Map<String, String> headers = new LinkedHashMap<>();
    String idempotency = "";
    boolean isStreamed;

    private final String template;
    private final Map<String, WireParameter> parameters = new LinkedHashMap<>();
    private final Map<String, WireParameter> parts = new LinkedHashMap<>();
    private final Map<String, String> partTypes = new LinkedHashMap<>();
    private final Map<String, Function<Object, ?>> errors = new LinkedHashMap<>();
    private Map<String, Object> body = new LinkedHashMap<>();
    private String kind = "";
    private String mediaType = "";
    private boolean isRequired;
    private boolean isResumable;
    private String url = "";
    private String server = "";

    WireCall(String method, String template) {
        this.method = method;
        this.template = template;
    }

    WireCall path(String name, Object value) {
        return parameter(new WireParameter(WireParameter.PATH, name, "simple", false), value);
    }

    WireCall parameter(WireParameter parameter, Object value) {
        return put(parameter.with(Json.plain(value)));
    }

    private WireCall put(WireParameter parameter) {
        parameters.put(parameter.place + parameter.name, parameter);
        return this;
    }

    WireCall with(ApiParams params) {
        params.parameters.forEach(this::put);
        body.putAll(params.body);
        return this;
    }

    /** What the body is: "json", "form", "multipart", "text" or "binary". */
    WireCall sends(String bodyKind, String type) {
        kind = bodyKind;
        mediaType = type;
        return this;
    }

    /** A body is sent even if it has no member. */
    WireCall always() {
        isRequired = true;
        return this;
    }

    WireCall part(WireParameter part) {
        parts.put(part.name, part);
        return this;
    }

    WireCall partType(String name, String type) {
        partTypes.put(name, type);
        return this;
    }

    WireCall member(String name, Object value) {
        body.put(name, Json.plain(value));
        return this;
    }

    WireCall accept(String types) {
        headers.put("Accept", types);
        return this;
    }

    WireCall streamed() {
        isStreamed = true;
        return this;
    }

    /** The stream can go on after an event. */
    WireCall resumable() {
        isResumable = true;
        return this;
    }

    boolean isResumable() {
        return isResumable;
    }

    WireCall idempotency(String header) {
        idempotency = header;
        return this;
    }

    /** Where the operation is, if not where all others are. */
    WireCall server(String address) {
        server = address;
        return this;
    }

    String server() {
        return server;
    }

    WireCall security(String... schemes) {
        security.add(List.of(schemes));
        return this;
    }

    WireCall errors(Function<Object, ?> reader, String... statuses) {
        for (String status : statuses) {
            errors.put(status, reader);
        }
        return this;
    }

    /** The same request for another page: a parameter of the query, or a member of the body. */
    WireCall next(String place, String name, Object value) {
        WireCall next = copy();
        if (place.equals("body")) {
            next.body.put(name, value);
        } else {
            WireParameter known = parameters.get(place + name);
            WireParameter plain = new WireParameter(place, name, "form", true);
            next.parameter(known == null ? plain : known, value);
        }
        return next;
    }

    /** The same request to the address of another page. */
    WireCall at(String address) {
        WireCall next = copy();
        next.url = address;
        return next;
    }

    Object parameterValue(String place, String name) {
        if (place.equals("body")) {
            return body.get(name);
        }
        WireParameter found = parameters.get(place + name);
        return found == null ? null : found.value;
    }

    private WireCall copy() {
        WireCall next = new WireCall(method, template);
        next.security.addAll(security);
        next.headers.putAll(headers);
        next.idempotency = idempotency;
        next.isStreamed = isStreamed;
        next.parameters.putAll(parameters);
        next.parts.putAll(parts);
        next.partTypes.putAll(partTypes);
        next.errors.putAll(errors);
        next.body = new LinkedHashMap<>(body);
        next.kind = kind;
        next.mediaType = mediaType;
        next.isRequired = isRequired;
        next.isResumable = isResumable;
        next.server = server;
        return next;
    }

    boolean isIdempotent() {
        return !idempotency.isEmpty() || !(method.equals("POST") || method.equals("PATCH"));
    }

    /** Whether the body can be sent once more. */
    boolean isRepeatable() {
        return isRepeatable(body.values());
    }

    private static boolean isRepeatable(Iterable<?> values) {
        for (Object value : values) {
            boolean isOnce =
                    value instanceof Upload
                            ? !((Upload) value).isRepeatable()
                            : value instanceof List && !isRepeatable((List<?>) value);
            if (isOnce) {
                return false;
            }
        }
        return true;
    }

    /** The address below a base, with its query. */
    String url(String base) {
        if (!url.isEmpty()) {
            return url;
        }
        StringBuilder out = new StringBuilder(base);
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int close = template.indexOf('}', at);
            if (open < 0 || close < open) {
                break;
            }
            out.append(template, at, open).append(pathValue(template.substring(open + 1, close)));
            at = close + 1;
        }
        out.append(template.substring(at));
        String before = template.indexOf('?') < 0 ? "?" : "&";
        for (WireParameter parameter : parameters.values()) {
            if (parameter.place.equals(WireParameter.QUERY)) {
                for (String pair : parameter.pairs()) {
                    out.append(before).append(pair);
                    before = "&";
                }
            }
        }
        return out.toString();
    }

    private String pathValue(String name) {
        WireParameter found = parameters.get(WireParameter.PATH + name);
        if (found == null || found.value == null) {
            throw new IllegalArgumentException("`" + name + "` is required");
        }
        return found.path();
    }

    /** Headers of the call: its own, parameters, cookies and the type of the body. */
    Map<String, String> allHeaders(String boundary) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        StringJoiner cookies = new StringJoiner("; ");
        for (WireParameter parameter : parameters.values()) {
            if (parameter.place.equals(WireParameter.HEADER) && parameter.value != null) {
                all.put(parameter.name, parameter.header());
            } else if (parameter.place.equals(WireParameter.COOKIE)) {
                parameter.pairs().forEach(cookies::add);
            }
        }
        if (cookies.length() > 0) {
            all.put("Cookie", cookies.toString());
        }
        if (hasBody()) {
            all.put("Content-Type", contentType(boundary));
        }
        return all;
    }

    private String contentType(String boundary) {
        if (kind.equals("multipart")) {
            return mediaType + "; boundary=" + boundary;
        }
        Object whole = body.get(ApiParams.WHOLE);
        if (!(whole instanceof Upload) || mediaType.indexOf('*') < 0) {
            return mediaType;
        }
        String own = ((Upload) whole).mediaType();
        String start = mediaType.substring(0, mediaType.indexOf('*'));
        // what was guessed by the name of a file may be of another kind
        return own.startsWith(start) ? own : "application/octet-stream";
    }

    private boolean hasBody() {
        return !kind.isEmpty() && (isRequired || !body.isEmpty());
    }

    BodyPublisher publisher(String boundary) {
        if (!hasBody()) {
            return BodyPublishers.noBody();
        }
        Object whole = body.get(ApiParams.WHOLE);
        switch (kind) {
            case "json":
                boolean isWhole = body.containsKey(ApiParams.WHOLE) && body.size() == 1;
                return text(Json.write(isWhole ? whole : body));
            case "form":
                StringJoiner pairs = new StringJoiner("&");
                body.forEach((name, value) -> part(name).with(value).pairs().forEach(pairs::add));
                return text(pairs.toString());
            case "multipart":
                WireMultipart multipart = new WireMultipart(boundary);
                body.forEach((name, value) -> multipart.add(name, value, partTypes.get(name)));
                return multipart.publisher();
            default:
                return whole instanceof Upload
                        ? WireMultipart.publisher((Upload) whole)
                        : text(WireParameter.text(whole));
        }
    }

    private WireParameter part(String name) {
        WireParameter known = parts.get(name);
        return known == null ? new WireParameter(WireParameter.QUERY, name, "form", true) : known;
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The body of an error, as the API describes it for the status, else as plain JSON. */
    Object error(int status, byte[] content) {
        Object plain;
        try {
            plain = Json.parse(new String(content, StandardCharsets.UTF_8));
        } catch (JsonException error) {
            return null;
        }
        Function<Object, ?> reader = errors.get(String.valueOf(status));
        reader = reader == null ? errors.get(status / 100 + "XX") : reader;
        reader = reader == null ? errors.get("default") : reader;
        try {
            return reader == null ? plain : reader.apply(plain);
        } catch (JsonException error) {
            return plain;
        }
    }
}
