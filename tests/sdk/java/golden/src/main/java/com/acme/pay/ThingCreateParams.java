package com.acme.pay;

import java.util.List;
import java.util.Map;

/** Parameters of {@link ThingsResource#create}. */
public final class ThingCreateParams extends ApiParams {
    private ThingCreateParams(Builder builder) {
        super(builder);
    }

    /**
     * Starts with no parameter.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds {@link ThingCreateParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code name}.
         *
         * <p>For example "Ada".
         *
         * @param value the value
         * @return this
         */
        public Builder name(String value) {
            return body("name", value);
        }

        /**
         * Sets {@code note}.
         *
         * @param value the value
         * @return this
         */
        public Builder note(String value) {
            return body("note", value);
        }

        /**
         * Sets {@code count}.
         *
         * @param value the value
         * @return this
         */
        public Builder count(long value) {
            return body("count", value);
        }

        /**
         * Sets {@code count}.
         *
         * @param value the value
         * @return this
         */
        public Builder count(Long value) {
            return body("count", value);
        }

        /**
         * Sets {@code tags}.
         *
         * @param value the value
         * @return this
         */
        public Builder tags(List<String> value) {
            return body("tags", value);
        }

        /**
         * Sets {@code tags}.
         *
         * @param item one more
         * @return this
         */
        public Builder addTag(String item) {
            return add("tags", item);
        }

        /**
         * Sets {@code labels}.
         *
         * @param value the value
         * @return this
         */
        public Builder labels(Map<String, String> value) {
            return body("labels", value);
        }

        /**
         * Sets {@code labels}.
         *
         * @param key its name
         * @param value the value
         * @return this
         */
        public Builder putLabels(String key, String value) {
            return put("labels", key, value);
        }

        /**
         * Sets {@code shape}.
         *
         * @param value the value
         * @return this
         */
        public Builder shape(Shape value) {
            return body("shape", value);
        }

        /**
         * The parameters.
         *
         * @return immutable
         */
        public ThingCreateParams build() {
            require("name");
            return new ThingCreateParams(this);
        }
    }
}
