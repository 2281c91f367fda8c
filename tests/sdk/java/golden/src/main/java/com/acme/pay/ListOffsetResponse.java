package com.acme.pay;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The object ListOffsetResponse. */
public final class ListOffsetResponse extends ApiObject {
    private static final Set<String> MEMBERS = Set.of("items", "next", "has_more");

    private ListOffsetResponse(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static ListOffsetResponse from(Object json) {
        return new ListOffsetResponse(WireValues.object(json));
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
     * The member {@code items}.
     *
     * @return the value
     */
    public List<Thing> items() {
        return required("items", WireValues.listOf(Thing::from));
    }

    /**
     * The member {@code next}.
     *
     * @return the value, or null
     */
    public String next() {
        return optional("next", WireValues::string);
    }

    /**
     * The member {@code has_more}.
     *
     * @return the value, or null
     */
    public Boolean hasMore() {
        return optional("has_more", WireValues::bool);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link ListOffsetResponse}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link ListOffsetResponse#items()}. */
        public Builder items(List<Thing> value) {
            return set("items", value);
        }

        /** Adds to {@link ListOffsetResponse#items()}. */
        public Builder addItem(Thing item) {
            return add("items", item);
        }

        /** Sets {@link ListOffsetResponse#next()}. */
        public Builder next(String value) {
            return set("next", value);
        }

        /** Sets {@link ListOffsetResponse#hasMore()}. */
        public Builder hasMore(boolean value) {
            return set("has_more", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public ListOffsetResponse build() {
            return new ListOffsetResponse(built("items"));
        }
    }
}
