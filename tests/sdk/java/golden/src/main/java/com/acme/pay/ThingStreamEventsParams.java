package com.acme.pay;

/** Parameters of {@link ThingsResource#streamEvents}. */
public final class ThingStreamEventsParams extends ApiParams {
    private ThingStreamEventsParams(Builder builder) {
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

    /** Builds {@link ThingStreamEventsParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code Last-Event-ID}.
         *
         * @param value the value
         * @return this
         */
        public Builder lastEventId(String value) {
            return header("Last-Event-ID", value);
        }

        /**
         * The parameters.
         *
         * @return immutable
         */
        public ThingStreamEventsParams build() {
            return new ThingStreamEventsParams(this);
        }
    }
}
