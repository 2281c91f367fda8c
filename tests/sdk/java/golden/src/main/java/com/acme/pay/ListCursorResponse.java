package com.acme.pay;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The object ListCursorResponse. */
public final class ListCursorResponse extends ApiObject {
    private static final Set<String> MEMBERS = Set.of("data", "next_cursor");

    private ListCursorResponse(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static ListCursorResponse from(Object json) {
        return new ListCursorResponse(WireValues.object(json));
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
     * The member {@code data}.
     *
     * @return the value
     */
    public List<Thing> data() {
        return required("data", WireValues.listOf(Thing::from));
    }

    /**
     * The member {@code next_cursor}.
     *
     * @return the value, or null
     */
    public String nextCursor() {
        return optional("next_cursor", WireValues::string);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link ListCursorResponse}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link ListCursorResponse#data()}. */
        public Builder data(List<Thing> value) {
            return set("data", value);
        }

        /** Adds to {@link ListCursorResponse#data()}. */
        public Builder addData(Thing item) {
            return add("data", item);
        }

        /** Sets {@link ListCursorResponse#nextCursor()}. */
        public Builder nextCursor(String value) {
            return set("next_cursor", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public ListCursorResponse build() {
            return new ListCursorResponse(built("data"));
        }
    }
}
