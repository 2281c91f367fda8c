package com.acme.pay;

import java.util.List;

/** Parameters of {@link AuthResource#sendForm}. */
public final class AuthSendFormParams extends ApiParams {
    private AuthSendFormParams(Builder builder) {
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

    /** Builds {@link AuthSendFormParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code name}.
         *
         * @param value the value
         * @return this
         */
        public Builder name(String value) {
            return body("name", value);
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
         * The parameters.
         *
         * @return immutable
         */
        public AuthSendFormParams build() {
            require("name");
            return new AuthSendFormParams(this);
        }
    }
}
