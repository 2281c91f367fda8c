package com.acme.pay;

import java.util.List;
import java.util.Map;

/** Parameters of {@link ThingsResource#retrieve}. */
public final class ThingRetrieveParams extends ApiParams {
    private ThingRetrieveParams(Builder builder) {
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

    /** Builds {@link ThingRetrieveParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code expand}.
         *
         * @param value the value
         * @return this
         */
        public Builder expand(List<String> value) {
            return parameter(
                    new WireParameter(WireParameter.QUERY, "expand", "form", false), value);
        }

        /**
         * Sets {@code expand}.
         *
         * @param item one more
         * @return this
         */
        public Builder addExpand(String item) {
            return addTo(new WireParameter(WireParameter.QUERY, "expand", "form", false), item);
        }

        /**
         * Sets {@code filter}.
         *
         * @param value the value
         * @return this
         */
        public Builder filter(Map<String, String> value) {
            return parameter(
                    new WireParameter(WireParameter.QUERY, "filter", "deepObject", true), value);
        }

        /**
         * Sets {@code X-Trace}.
         *
         * @param value the value
         * @return this
         */
        public Builder xTrace(List<Long> value) {
            return header("X-Trace", value);
        }

        /**
         * Sets {@code X-Trace}.
         *
         * @param item one more
         * @return this
         */
        public Builder addXTrace(long item) {
            return addTo(new WireParameter(WireParameter.HEADER, "X-Trace", "simple", false), item);
        }

        /**
         * Sets {@code session}.
         *
         * @param value the value
         * @return this
         */
        public Builder session(String value) {
            return parameter(
                    new WireParameter(WireParameter.COOKIE, "session", "form", true), value);
        }

        /**
         * The parameters.
         *
         * @return immutable
         */
        public ThingRetrieveParams build() {
            return new ThingRetrieveParams(this);
        }
    }
}
