package com.acme.pay;

import java.util.Map;
import java.util.Set;

/** The object Circle. */
public final class Circle extends ApiObject implements Shape {
    private static final Set<String> MEMBERS = Set.of("type", "radius");

    static final WireShape SHAPE =
            WireShape.object()
                    .known(MEMBERS)
                    .fixed("type", "circle", true)
                    .required("radius", "number");

    private Circle(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static Circle from(Object json) {
        return new Circle(WireValues.object(json));
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
     * The member {@code radius}.
     *
     * @return the value
     */
    public double radius() {
        return required("radius", WireValues::number);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link Circle}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {
            set("type", "circle");
        }

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link Circle#radius()}. */
        public Builder radius(double value) {
            return set("radius", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public Circle build() {
            return new Circle(built("type", "radius"));
        }
    }
}
