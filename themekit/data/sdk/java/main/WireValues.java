package @@java-package@@;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Plain JSON values as the types of this library. */
final class WireValues {
    private WireValues() {}

    static Object any(Object value) {
        return value;
    }

    static String string(Object value) {
        return as(String.class, value, "a string");
    }

    static Boolean bool(Object value) {
        return as(Boolean.class, value, "a boolean");
    }

    static Long int64(Object value) {
        try {
            return decimal(value).longValueExact();
        } catch (ArithmeticException error) {
            throw new JsonException("expected an integer of 64 bits, found " + value);
        }
    }

    static Integer int32(Object value) {
        try {
            return decimal(value).intValueExact();
        } catch (ArithmeticException error) {
            throw new JsonException("expected an integer of 32 bits, found " + value);
        }
    }

    static Double number(Object value) {
        return as(Number.class, value, "a number").doubleValue();
    }

    static LocalDate date(Object value) {
        try {
            return LocalDate.parse(string(value));
        } catch (DateTimeException error) {
            throw new JsonException("expected a date, found " + Json.write(value));
        }
    }

    static OffsetDateTime dateTime(Object value) {
        try {
            return OffsetDateTime.parse(string(value).replace(' ', 'T'));
        } catch (DateTimeException error) {
            throw new JsonException("expected a date and time, found " + Json.write(value));
        }
    }

    static byte[] bytes(Object value) {
        try {
            return Base64.getDecoder().decode(string(value));
        } catch (IllegalArgumentException error) {
            throw new JsonException("expected bytes as base64");
        }
    }

    static Upload upload(Object value) {
        if (value instanceof Upload) {
            return (Upload) value;
        }
        byte[] content = string(value).getBytes(StandardCharsets.UTF_8);
        return Upload.of(content, "file");
    }

    static Map<String, Object> object(Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        Map<?, ?> found = as(Map.class, value, "an object");
        found.forEach((name, each) -> members.put((String) name, each));
        return Collections.unmodifiableMap(members);
    }

    static <T> Function<Object, List<T>> listOf(Function<Object, T> reader) {
        return value -> {
            List<T> items = new ArrayList<>();
            List<?> found = as(List.class, value, "an array");
            for (Object item : found) {
                items.add(reader.apply(item));
            }
            return Collections.unmodifiableList(items);
        };
    }

    static <T> Function<Object, Map<String, T>> mapOf(Function<Object, T> reader) {
        return value -> {
            Map<String, T> members = new LinkedHashMap<>();
            object(value).forEach((name, each) -> members.put(name, reader.apply(each)));
            return Collections.unmodifiableMap(members);
        };
    }

    static <T> Function<Object, T> nullable(Function<Object, T> reader) {
        return value -> value == null ? null : reader.apply(value);
    }

    static Object appended(Object list, Object item) {
        List<Object> items = new ArrayList<>();
        if (list != null) {
            items.addAll(listOf(WireValues::any).apply(list));
        }
        items.add(Json.plain(item));
        return Collections.unmodifiableList(items);
    }

    static Object extended(Object map, String key, Object value) {
        Map<String, Object> members = new LinkedHashMap<>();
        if (map != null) {
            members.putAll(object(map));
        }
        members.put(key, Json.plain(value));
        return Collections.unmodifiableMap(members);
    }

    /** The value that names lead to, or null. */
    static Object at(Object value, List<String> names) {
        Object found = value;
        for (String name : names) {
            found = found instanceof Map ? ((Map<?, ?>) found).get(name) : null;
        }
        return found;
    }

    private static BigDecimal decimal(Object value) {
        Number number = as(Number.class, value, "a number");
        if (number instanceof BigDecimal) {
            return (BigDecimal) number;
        }
        return number instanceof BigInteger
                ? new BigDecimal((BigInteger) number)
                : BigDecimal.valueOf(number.longValue());
    }

    private static <T> T as(Class<T> type, Object value, String wanted) {
        if (!type.isInstance(value)) {
            String text = value instanceof Upload ? "a file" : Json.write(value);
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            throw new JsonException("expected " + wanted + ", found " + shown);
        }
        return type.cast(value);
    }
}
