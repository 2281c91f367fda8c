package @@java-package@@;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) as plain values: unmodifiable maps and lists, strings, booleans, null, and
 * numbers that are exact: {@link Long}, {@link BigInteger} or {@link BigDecimal}.
 */
public final class Json {
    private static final int MAX_DEPTH = 512;
    private static final int MAX_DIGITS = 1000; // longer ones cost quadratic time

    private final String text;
    private int at;

    private Json(String text) {
        this.text = text;
    }

    /**
     * Reads a JSON value.
     *
     * @param text the whole text
     * @return the value
     * @throws JsonException if the text is no JSON
     */
    public static Object parse(String text) {
        Json json = new Json(text);
        if (text.startsWith("\uFEFF")) {
            json.at = 1;
        }
        Object value = json.value(0);
        json.space();
        if (json.at < text.length()) {
            throw json.fault("nothing more");
        }
        return value;
    }

    /**
     * Writes a value as JSON: what {@link #parse} gives, and all that builders take.
     *
     * @param value the value
     * @return the text, with no space
     */
    public static String write(Object value) {
        StringBuilder out = new StringBuilder();
        append(out, plain(value));
        return out.toString();
    }

    /** The value in plain JSON, unmodifiable. */
    static Object plain(Object value) {
        if (value == null
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Upload) {
            return value;
        }
        if (value instanceof JsonView) {
            return ((JsonView) value).toJson();
        }
        if (value instanceof Number) {
            return number((Number) value);
        }
        if (value instanceof Map) {
            Map<String, Object> members = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((name, each) -> members.put(name.toString(), plain(each)));
            return Collections.unmodifiableMap(members);
        }
        if (value instanceof Iterable) {
            List<Object> items = new ArrayList<>();
            ((Iterable<?>) value).forEach(each -> items.add(plain(each)));
            return Collections.unmodifiableList(items);
        }
        if (value instanceof byte[]) {
            return Base64.getEncoder().encodeToString((byte[]) value);
        }
        if (value instanceof OffsetDateTime) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format((OffsetDateTime) value);
        }
        if (value instanceof LocalDate) {
            return value.toString();
        }
        throw new JsonException("no JSON can be made of a " + value.getClass().getName());
    }

    private static Number number(Number value) {
        if (value instanceof Double || value instanceof Float) {
            double number = value.doubleValue();
            if (Double.isNaN(number) || Double.isInfinite(number)) {
                throw new JsonException("JSON has no " + value);
            }
            return number == Math.rint(number) && Math.abs(number) < 1e15 && !isNegativeZero(number)
                    ? (Number) (long) number
                    : new BigDecimal(value.toString());
        }
        if (value instanceof BigDecimal || value instanceof BigInteger) {
            return value;
        }
        return value.longValue();
    }

    private static boolean isNegativeZero(double number) {
        return number == 0 && 1 / number < 0;
    }

    private static void append(StringBuilder out, Object value) {
        if (value instanceof String) {
            quote(out, (String) value);
        } else if (value instanceof Map) {
            String before = "{";
            for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
                out.append(before);
                quote(out, (String) member.getKey());
                append(out.append(':'), member.getValue());
                before = ",";
            }
            out.append(before.equals("{") ? "{}" : "}");
        } else if (value instanceof List) {
            String before = "[";
            for (Object item : (List<?>) value) {
                append(out.append(before), item);
                before = ",";
            }
            out.append(before.equals("[") ? "[]" : "]");
        } else if (value instanceof Upload) {
            throw new JsonException("a file cannot be written as JSON");
        } else {
            out.append(value);
        }
    }

    private static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int index = 0; index < text.length(); index++) {
            char each = text.charAt(index);
            if (each == '"' || each == '\\') {
                out.append('\\').append(each);
            } else if (each >= ' ' && (!Character.isSurrogate(each) || isPaired(text, index))) {
                out.append(each);
            } else {
                out.append(String.format("\\u%04x", (int) each));
            }
        }
        out.append('"');
    }

    private static boolean isPaired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private Object value(int depth) {
        if (depth > MAX_DEPTH) {
            throw new JsonException("JSON is nested deeper than " + MAX_DEPTH);
        }
        space();
        switch (at < text.length() ? text.charAt(at) : ' ') {
            case '{':
                return object(depth);
            case '[':
                return array(depth);
            case '"':
                return string();
            case 't':
                return word("true", Boolean.TRUE);
            case 'f':
                return word("false", Boolean.FALSE);
            case 'n':
                return word("null", null);
            default:
                return number();
        }
    }

    private Map<String, Object> object(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        if (take('}')) {
            return Collections.unmodifiableMap(members);
        }
        do {
            space();
            if (at >= text.length() || text.charAt(at) != '"') {
                throw fault("a name");
            }
            String name = string();
            expect(':');
            members.put(name, value(depth + 1));
        } while (take(','));
        expect('}');
        return Collections.unmodifiableMap(members);
    }

    private List<Object> array(int depth) {
        List<Object> items = new ArrayList<>();
        at++;
        if (take(']')) {
            return Collections.unmodifiableList(items);
        }
        do {
            items.add(value(depth + 1));
        } while (take(','));
        expect(']');
        return Collections.unmodifiableList(items);
    }

    private String string() {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
            plainCharacter();
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return text.substring(start, at++);
        }
        StringBuilder out = new StringBuilder(text.substring(start, at));
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') {
                at++;
                out.append(escaped());
            } else {
                out.append(plainCharacter());
            }
        }
        expect('"');
        return out.toString();
    }

    private char plainCharacter() {
        char each = text.charAt(at);
        if (each < ' ') {
            throw fault("no control character");
        }
        at++;
        return each;
    }

    private char escaped() {
        char each = at < text.length() ? text.charAt(at++) : ' ';
        int index = "\"\\/bfnrt".indexOf(each);
        if (index >= 0) {
            return "\"\\/\b\f\n\r\t".charAt(index);
        }
        if (each != 'u' || at + 4 > text.length()) {
            throw fault("an escape");
        }
        int code = 0;
        for (int end = at + 4; at < end; at++) {
            int digit = Character.digit(text.charAt(at), 16);
            if (digit < 0 || text.charAt(at) > 'f') {
                throw fault("four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw fault("a value");
        }
        at += word.length();
        return value;
    }

    private Number number() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        int first = at;
        digits();
        if (at > first + 1 && text.charAt(first) == '0') {
            throw fault("no leading zero");
        }
        int whole = at;
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                at++;
            }
            digits();
        }
        String digits = text.substring(start, at);
        if (digits.length() > MAX_DIGITS) {
            throw fault("a number of at most " + MAX_DIGITS + " digits");
        }
        if (at == whole && !digits.equals("-0")) {
            return digits.length() <= 18 ? (Number) Long.valueOf(digits) : integer(digits);
        }
        try {
            return new BigDecimal(digits);
        } catch (NumberFormatException error) {
            throw fault("a number with an exponent that is not so large");
        }
    }

    private static Number integer(String digits) {
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    private void digits() {
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            throw fault("a value");
        }
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private boolean take(char wanted) {
        space();
        if (at < text.length() && text.charAt(at) == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) {
        if (!take(wanted)) {
            throw fault("'" + wanted + "'");
        }
    }

    private JsonException fault(String wanted) {
        return new JsonException("no JSON: expected " + wanted + " at character " + (at + 1));
    }
}
