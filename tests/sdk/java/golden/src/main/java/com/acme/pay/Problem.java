package com.acme.pay;

import java.util.Map;
import java.util.Set;

/** The object Problem. */
public final class Problem extends ApiObject {
    private static final Set<String> MEMBERS = Set.of("title", "code");

    private Problem(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static Problem from(Object json) {
        return new Problem(WireValues.object(json));
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
     * The member {@code title}.
     *
     * @return the value, or null
     */
    public String title() {
        return optional("title", WireValues::string);
    }

    /**
     * The member {@code code}.
     *
     * @return the value, or null
     */
    public String code() {
        return optional("code", WireValues::string);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link Problem}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link Problem#title()}. */
        public Builder title(String value) {
            return set("title", value);
        }

        /** Sets {@link Problem#code()}. */
        public Builder code(String value) {
            return set("code", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public Problem build() {
            return new Problem(built());
        }
    }
}
