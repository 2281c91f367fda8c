package @@java-package@@;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What a call is made with: parameters, and the members of a body. */
abstract class ApiParams {
    /** The name of a body that is no object, among the members of objects. */
    static final String WHOLE = "";

    final List<WireParameter> parameters;
    final Map<String, Object> body;

    ApiParams(Builder<?> builder) {
        parameters = List.copyOf(builder.parameters.values());
        body = Collections.unmodifiableMap(new LinkedHashMap<>(builder.body));
    }

    /** The names of what is set; no value, as these can be secrets. */
    @Override
    public final String toString() {
        TreeSet<String> names = new TreeSet<>(body.keySet());
        parameters.forEach(each -> names.add(each.name));
        return getClass().getSimpleName() + names;
    }

    abstract static class Builder<B extends Builder<B>> {
        private final Map<String, WireParameter> parameters = new LinkedHashMap<>();
        private final Map<String, Object> body = new LinkedHashMap<>();

        abstract B self();

        final B query(String name, Object value) {
            return parameter(new WireParameter(WireParameter.QUERY, name, "form", true), value);
        }

        final B header(String name, Object value) {
            return parameter(new WireParameter(WireParameter.HEADER, name, "simple", false), value);
        }

        final B parameter(WireParameter parameter, Object value) {
            parameters.put(parameter.place + parameter.name, parameter.with(Json.plain(value)));
            return self();
        }

        final B addTo(WireParameter parameter, Object item) {
            WireParameter known = parameters.get(parameter.place + parameter.name);
            return parameter(
                    parameter, WireValues.appended(known == null ? null : known.value, item));
        }

        final B body(String name, Object value) {
            body.put(name, value instanceof Path ? Upload.of((Path) value) : Json.plain(value));
            return self();
        }

        final B add(String name, Object item) {
            body.put(name, WireValues.appended(body.get(name), item));
            return self();
        }

        final B put(String name, String key, Object value) {
            body.put(name, WireValues.extended(body.get(name), key, value));
            return self();
        }

        final B all(Map<String, ?> members) {
            members.forEach(this::body);
            return self();
        }

        /** A member of the body that is newer than this library. */
        public final B putExtra(String name, Object value) {
            return body(name, value);
        }

        final void require(String... names) {
            for (String name : names) {
                if (!body.containsKey(name) && !isParameter(name)) {
                    String shown = name.equals(WHOLE) ? "body" : name;
                    throw new IllegalStateException("`" + shown + "` is required");
                }
            }
        }

        private boolean isParameter(String name) {
            return parameters.values().stream().anyMatch(each -> each.name.equals(name));
        }
    }
}
