package com.acme.pay;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The object ThingCreate. */
public final class ThingCreate extends ApiObject {
    private static final Set<String> MEMBERS =
            Set.of("name", "note", "count", "tags", "labels", "shape");

    private ThingCreate(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static ThingCreate from(Object json) {
        return new ThingCreate(WireValues.object(json));
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
     * The member {@code name}.
     *
     * <p>For example "Ada".
     *
     * @return the value
     */
    public String name() {
        return required("name", WireValues::string);
    }

    /**
     * The member {@code note}.
     *
     * @return the value, or null
     */
    public String note() {
        return optional("note", WireValues::string);
    }

    /**
     * The member {@code count}.
     *
     * @return the value, or null
     */
    public Long count() {
        return optional("count", WireValues::int64);
    }

    /**
     * The member {@code tags}.
     *
     * @return the value, or null
     */
    public List<String> tags() {
        return optional("tags", WireValues.listOf(WireValues::string));
    }

    /**
     * The member {@code labels}.
     *
     * @return the value, or null
     */
    public Map<String, String> labels() {
        return optional("labels", WireValues.mapOf(WireValues::string));
    }

    /**
     * The member {@code shape}.
     *
     * @return the value, or null
     */
    public Shape shape() {
        return optional("shape", Shape::from);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link ThingCreate}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link ThingCreate#name()}. */
        public Builder name(String value) {
            return set("name", value);
        }

        /** Sets {@link ThingCreate#note()}. */
        public Builder note(String value) {
            return set("note", value);
        }

        /** Sets {@link ThingCreate#count()}. */
        public Builder count(long value) {
            return set("count", value);
        }

        /** Sets {@link ThingCreate#count()}. */
        public Builder count(Long value) {
            return set("count", value);
        }

        /** Sets {@link ThingCreate#tags()}. */
        public Builder tags(List<String> value) {
            return set("tags", value);
        }

        /** Adds to {@link ThingCreate#tags()}. */
        public Builder addTag(String item) {
            return add("tags", item);
        }

        /** Sets {@link ThingCreate#labels()}. */
        public Builder labels(Map<String, String> value) {
            return set("labels", value);
        }

        /** Adds to {@link ThingCreate#labels()}. */
        public Builder putLabels(String key, String value) {
            return put("labels", key, value);
        }

        /** Sets {@link ThingCreate#shape()}. */
        public Builder shape(Shape value) {
            return set("shape", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public ThingCreate build() {
            return new ThingCreate(built("name"));
        }
    }
}
