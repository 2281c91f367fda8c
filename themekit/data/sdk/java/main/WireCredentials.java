package @@java-package@@;

import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The credentials of a client, by security scheme. They appear in no text. */
final class WireCredentials {
    private final Map<String, Credential> byScheme = new LinkedHashMap<>();

    WireCredentials bearer(String scheme, String token) {
        return header(scheme, "Authorization", token == null ? null : "Bearer " + token);
    }

    WireCredentials basic(String scheme, String username, String password) {
        if (username == null || password == null) {
            return this;
        }
        return header(scheme, "Authorization", basicValue(username, password));
    }

    WireCredentials header(String scheme, String name, String value) {
        return fixed(scheme, new WireParameter(WireParameter.HEADER, name, "simple", false), value);
    }

    WireCredentials query(String scheme, String name, String value) {
        return fixed(scheme, new WireParameter(WireParameter.QUERY, name, "form", true), value);
    }

    WireCredentials cookie(String scheme, String name, String value) {
        return fixed(scheme, new WireParameter(WireParameter.COOKIE, name, "form", true), value);
    }

    WireCredentials tokens(String scheme, WireTokens tokens) {
        if (tokens != null) {
            byScheme.put(scheme, new Credential(null, tokens));
        }
        return this;
    }

    /** A scheme that holds without anything in the request, such as a certificate of the client. */
    WireCredentials implied(String scheme) {
        byScheme.put(scheme, new Credential(null, null));
        return this;
    }

    private WireCredentials fixed(String scheme, WireParameter parameter, String value) {
        if (value != null && !value.isEmpty()) {
            byScheme.put(scheme, new Credential(parameter.with(value), null));
        }
        return this;
    }

    static String basicValue(String username, String password) {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** What the first alternative needs whose credentials are all there. */
    List<Credential> chosen(List<List<String>> alternatives) {
        if (alternatives.isEmpty()) {
            return List.of();
        }
        for (List<String> schemes : alternatives) {
            if (byScheme.keySet().containsAll(schemes)) {
                List<Credential> found = new ArrayList<>();
                schemes.forEach(scheme -> found.add(byScheme.get(scheme)));
                return found;
            }
        }
        throw new MissingCredentialsException(
                "this call needs credentials that the client was not given: one of "
                        + alternatives);
    }

    /** One credential: a parameter with its value, or tokens that are fetched. */
    static final class Credential {
        private final WireParameter parameter;
        private final WireTokens tokens;

        Credential(WireParameter parameter, WireTokens tokens) {
            this.parameter = parameter;
            this.tokens = tokens;
        }

        WireTokens tokens() {
            return tokens;
        }

        /** The parameter to send, or null; it may have to be fetched. */
        CompletableFuture<WireParameter> ready() {
            if (tokens == null) {
                return CompletableFuture.completedFuture(parameter);
            }
            WireParameter header =
                    new WireParameter(WireParameter.HEADER, "Authorization", "simple", false);
            return tokens.token().thenApply(token -> header.with("Bearer " + token));
        }
    }

    /** Adds what is sent in headers. */
    static void addHeaders(HttpRequest.Builder request, List<WireParameter> sent, String cookies) {
        List<String> pairs = new ArrayList<>();
        if (cookies != null) {
            pairs.add(cookies);
        }
        for (WireParameter parameter : sent) {
            if (parameter.place.equals(WireParameter.HEADER)) {
                request.setHeader(parameter.name, parameter.header());
            } else if (parameter.place.equals(WireParameter.COOKIE)) {
                pairs.addAll(parameter.pairs());
            }
        }
        if (!pairs.isEmpty()) {
            request.setHeader("Cookie", String.join("; ", pairs));
        }
    }

    /** The address with what is sent in its query. */
    static String withQuery(String url, List<WireParameter> sent) {
        StringBuilder out = new StringBuilder(url);
        for (WireParameter parameter : sent) {
            if (parameter.place.equals(WireParameter.QUERY)) {
                String before = out.indexOf("?") < 0 ? "?" : "&";
                out.append(before).append(String.join("&", parameter.pairs()));
            }
        }
        return out.toString();
    }
}
