package @@java-package@@;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * A JSON object of the API. It keeps every member as it came, also those that are newer than this
 * library, and is immutable.
 */
public abstract class ApiObject implements JsonView {
    private static final Pattern SECRET =
            Pattern.compile(".*(secret|password|token|api_?key|authorization).*");

    private final Map<String, Object> members;
    private ApiResponse lastResponse;

    ApiObject(Map<String, Object> members) {
        this.members = members;
    }

    /**
     * All members as plain JSON.
     *
     * @return an unmodifiable map, in the order of the answer
     */
    @Override
    public final Map<String, Object> toJson() {
        return members;
    }

    /**
     * Whether a member is there, be it null or not.
     *
     * @param name its name in JSON
     * @return true if it is not absent
     */
    public final boolean has(String name) {
        return members.containsKey(name);
    }

    /**
     * The answer that this is the body of.
     *
     * @return its status and headers, or null if this is only a part of an answer
     */
    public final ApiResponse lastResponse() {
        return lastResponse;
    }

    final void attach(ApiResponse response) {
        lastResponse = response;
    }

    final <T> T required(String name, Function<Object, T> reader) {
        if (!members.containsKey(name)) {
            throw new JsonException("`" + name + "` is missing in " + getClass().getSimpleName());
        }
        return reader.apply(members.get(name));
    }

    final <T> T optional(String name, Function<Object, T> reader) {
        Object value = members.get(name);
        return value == null ? null : reader.apply(value);
    }

    final <T> Map<String, T> others(Set<String> known, Function<Object, T> reader) {
        Map<String, T> found = new LinkedHashMap<>();
        members.forEach(
                (name, value) -> {
                    if (!known.contains(name)) {
                        found.put(name, reader.apply(value));
                    }
                });
        return Collections.unmodifiableMap(found);
    }

    @Override
    public final boolean equals(Object other) {
        return other != null
                && other.getClass() == getClass()
                && ((ApiObject) other).members.equals(members);
    }

    @Override
    public final int hashCode() {
        return members.hashCode();
    }

    /** The members as JSON, without the values of those that look like secrets. */
    @Override
    public final String toString() {
        return getClass().getSimpleName() + Json.write(redacted(members));
    }

    private static Object redacted(Object value) {
        if (value instanceof Iterable) {
            List<Object> items = new ArrayList<>();
            ((Iterable<?>) value).forEach(item -> items.add(redacted(item)));
            return items;
        }
        if (!(value instanceof Map)) {
            return value;
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        ((Map<?, ?>) value)
                .forEach(
                        (name, each) -> {
                            String key = name.toString();
                            boolean isSecret =
                                    each instanceof String
                                            && SECRET.matcher(key.toLowerCase(Locale.ROOT))
                                                    .matches();
                            shown.put(key, isSecret ? "[redacted]" : redacted(each));
                        });
        return shown;
    }

    /** What the builders of objects share. */
    abstract static class ObjectBuilder<B extends ObjectBuilder<B>> {
        private final Map<String, Object> values = new LinkedHashMap<>();

        abstract B self();

        final B set(String name, Object value) {
            values.put(name, Json.plain(value));
            return self();
        }

        final B add(String name, Object item) {
            values.put(name, WireValues.appended(values.get(name), item));
            return self();
        }

        final B put(String name, String key, Object value) {
            values.put(name, WireValues.extended(values.get(name), key, value));
            return self();
        }

        final B all(Map<String, ?> members) {
            members.forEach(this::set);
            return self();
        }

        /** A member that is newer than this library. */
        public final B putExtra(String name, Object value) {
            return set(name, value);
        }

        final Map<String, Object> built(String... required) {
            for (String name : required) {
                if (!values.containsKey(name)) {
                    throw new IllegalStateException("`" + name + "` is required");
                }
            }
            return Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }
    }
}
