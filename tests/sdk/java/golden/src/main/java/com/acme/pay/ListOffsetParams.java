package com.acme.pay;

/** Parameters of {@link ListsResource#offset}. */
public final class ListOffsetParams extends ApiParams {
    private ListOffsetParams(Builder builder) {
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

    /** Builds {@link ListOffsetParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code offset}.
         *
         * @param value the value
         * @return this
         */
        public Builder offset(long value) {
            return query("offset", value);
        }

        /**
         * Sets {@code limit}.
         *
         * @param value the value
         * @return this
         */
        public Builder limit(long value) {
            return query("limit", value);
        }

        /**
         * The parameters.
         *
         * @return immutable
         */
        public ListOffsetParams build() {
            return new ListOffsetParams(this);
        }
    }
}
