package com.acme.pay;

/** Parameters of {@link ListsResource#cursor}. */
public final class ListCursorParams extends ApiParams {
    private ListCursorParams(Builder builder) {
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

    /** Builds {@link ListCursorParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code cursor}.
         *
         * @param value the value
         * @return this
         */
        public Builder cursor(String value) {
            return query("cursor", value);
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
        public ListCursorParams build() {
            return new ListCursorParams(this);
        }
    }
}
