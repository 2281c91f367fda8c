package @@java-package@@;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What a JSON value looks like, as far as that tells one type of a union from the others. */
final class WireShape {
    private static final int CERTAIN = 1000; // a constant says more than many members

    private final String kind;
    private final Object value;
    private final List<WireShape> inner = new ArrayList<>();
    private final Map<String, String> required = new LinkedHashMap<>();
    private final Map<String, Object> fixed = new LinkedHashMap<>();
    private Set<String> known = Set.of();

    private WireShape(String kind, Object value) {
        this.kind = kind;
        this.value = value;
    }

    static WireShape object() {
        return new WireShape("object", null);
    }

    /** A kind of JSON, or "" for all of them. */
    static WireShape of(String kind) {
        return new WireShape(kind, null);
    }

    static WireShape value(Object constant) {
        return new WireShape("value", Json.plain(constant));
    }

    static WireShape list(WireShape item) {
        WireShape list = new WireShape("array", null);
        list.inner.add(item);
        return list;
    }

    static WireShape any(WireShape... shapes) {
        WireShape any = new WireShape("any", null);
        any.inner.addAll(List.of(shapes));
        return any;
    }

    WireShape known(Set<String> members) {
        known = members;
        return this;
    }

    WireShape required(String member, String memberKind) {
        required.put(member, memberKind);
        return this;
    }

    WireShape fixed(String member, Object constant, boolean isRequired) {
        fixed.put(member, Json.plain(constant));
        if (isRequired) {
            required.put(member, "");
        }
        return this;
    }

    /** The place of the shape that fits best, the first of equals; -1 if none does. */
    static int best(Object json, WireShape... shapes) {
        int found = -1;
        int most = -1;
        for (int index = 0; index < shapes.length; index++) {
            int score = shapes[index].score(json);
            if (score > most) {
                most = score;
                found = index;
            }
        }
        return found;
    }

    /** The value of a discriminator, as text. */
    static String tag(Object json, String member) {
        Object found = WireValues.at(json, List.of(member));
        return WireParameter.text(found);
    }

    static <T> T as(Class<T> type, Object found, Supplier<T> otherwise) {
        return type.isInstance(found) ? type.cast(found) : otherwise.get();
    }

    private int score(Object json) {
        switch (kind) {
            case "object":
                return json instanceof Map ? members((Map<?, ?>) json) : -1;
            case "array":
                return json instanceof List ? items((List<?>) json) : -1;
            case "value":
                return value != null && value.equals(json) ? CERTAIN : -1;
            case "any":
                return inner.stream().mapToInt(each -> each.score(json)).max().orElse(-1);
            default:
                return kind.isEmpty() || kind.equals(kindOf(json)) ? 0 : -1;
        }
    }

    private int items(List<?> items) {
        return items.isEmpty() || inner.isEmpty() ? 0 : inner.get(0).score(items.get(0));
    }

    private int members(Map<?, ?> json) {
        for (Map.Entry<String, String> each : required.entrySet()) {
            boolean isThere = json.containsKey(each.getKey());
            String wanted = each.getValue();
            if (!isThere || !wanted.isEmpty() && !wanted.equals(kindOf(json.get(each.getKey())))) {
                return -1;
            }
        }
        int score = 0;
        for (Map.Entry<String, Object> each : fixed.entrySet()) {
            if (json.containsKey(each.getKey())) {
                if (!each.getValue().equals(json.get(each.getKey()))) {
                    return -1;
                }
                score += CERTAIN;
            }
        }
        for (Object name : json.keySet()) {
            score += known.contains(name) ? 1 : 0;
        }
        return score;
    }

    private static String kindOf(Object json) {
        if (json == null) {
            return "null";
        }
        if (json instanceof String) {
            return "string";
        }
        if (json instanceof Boolean) {
            return "boolean";
        }
        if (json instanceof Number) {
            return "number";
        }
        return json instanceof Map ? "object" : "array";
    }
}
