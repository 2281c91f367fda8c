package com.acme.pay;

import java.util.Map;
import java.util.Set;

/** The object Square. */
public final class Square extends ApiObject implements Shape {
    private static final Set<String> MEMBERS = Set.of("type", "side");

    private Square(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static Square from(Object json) {
        return new Square(WireValues.object(json));
    }

    /**
     * Starts with no member.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts with all that this has.
     *
     * @return a builder
     */
    public Builder toBuilder() {
        return builder().all(toJson());
    }

    /**
     * The member {@code type}.
     *
     * @return the value
     */
    public String type() {
        return required("type", WireValues::string);
    }

    /**
     * The member {@code side}.
     *
     * @return the value
     */
    public double side() {
        return required("side", WireValues::number);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link Square}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {
            set("type", "square");
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link Square#side()}. */
        public Builder side(double value) {
            return set("side", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public Square build() {
            return new Square(built("type", "side"));
        }
    }
}
