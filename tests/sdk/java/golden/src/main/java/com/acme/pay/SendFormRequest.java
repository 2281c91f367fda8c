package com.acme.pay;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The object SendFormRequest. */
public final class SendFormRequest extends ApiObject {
    private static final Set<String> MEMBERS = Set.of("name", "tags");

    private SendFormRequest(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static SendFormRequest from(Object json) {
        return new SendFormRequest(WireValues.object(json));
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
     * @return the value
     */
    public String name() {
        return required("name", WireValues::string);
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
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link SendFormRequest}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link SendFormRequest#name()}. */
        public Builder name(String value) {
            return set("name", value);
        }

        /** Sets {@link SendFormRequest#tags()}. */
        public Builder tags(List<String> value) {
            return set("tags", value);
        }

        /** Adds to {@link SendFormRequest#tags()}. */
        public Builder addTag(String item) {
            return add("tags", item);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public SendFormRequest build() {
            return new SendFormRequest(built("name"));
        }
    }
}
