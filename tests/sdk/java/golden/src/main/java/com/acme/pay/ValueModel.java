package com.acme.pay;

import java.util.List;
import java.util.Objects;

/** The union ValueModel. */
public final class ValueModel implements JsonView {
    private final Object value;

    private ValueModel(Object value) {
        this.value = Json.plain(value);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a value, as {@link Json} reads it
     * @return the value, of whatever kind
     */
    public static ValueModel from(Object json) {
        return new ValueModel(json);
    }

    /**
     * One that is: string.
     *
     * @param value the value
     * @return the union
     */
    public static ValueModel ofString(String value) {
        return new ValueModel(value);
    }

    /**
     * Whether this is: string.
     *
     * @return true if it looks like that best
     */
    public boolean isString() {
        return kind() == 0;
    }

    /**
     * This as: string.
     *
     * @return the value
     * @throws JsonException if it is something else
     */
    public String asString() {
        return WireValues.string(value);
    }

    /**
     * One that is: integer list.
     *
     * @param value the value
     * @return the union
     */
    public static ValueModel ofIntegerList(List<Long> value) {
        return new ValueModel(value);
    }

    /**
     * Whether this is: integer list.
     *
     * @return true if it looks like that best
     */
    public boolean isIntegerList() {
        return kind() == 1;
    }

    /**
     * This as: integer list.
     *
     * @return the value
     * @throws JsonException if it is something else
     */
    public List<Long> asIntegerList() {
        return WireValues.listOf(WireValues::int64).apply(value);
    }

    /**
     * One that is: circle.
     *
     * @param value the value
     * @return the union
     */
    public static ValueModel ofCircle(Circle value) {
        return new ValueModel(value);
    }

    /**
     * Whether this is: circle.
     *
     * @return true if it looks like that best
     */
    public boolean isCircle() {
        return kind() == 2;
    }

    /**
     * This as: circle.
     *
     * @return the value
     * @throws JsonException if it is something else
     */
    public Circle asCircle() {
        return Circle.from(value);
    }

    private int kind() {
        return WireShape.best(
                value,
                WireShape.of("string"),
                WireShape.list(WireShape.of("number")),
                Circle.SHAPE);
    }

    @Override
    public Object toJson() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValueModel && Objects.equals(((ValueModel) other).value, value);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(value);
    }

    @Override
    public String toString() {
        return "ValueModel" + Json.write(value);
    }
}
