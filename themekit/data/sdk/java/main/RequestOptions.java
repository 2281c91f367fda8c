package @@java-package@@;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is special about one call. All of it is optional. */
public final class RequestOptions {
    static final RequestOptions NONE = builder().build();

    private final Duration timeout;
    private final Integer maxRetries;
    private final String idempotencyKey;
    private final Map<String, String> headers;

    private RequestOptions(Builder builder) {
        timeout = builder.timeout;
        maxRetries = builder.maxRetries;
        idempotencyKey = builder.idempotencyKey;
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(builder.headers));
    }

    /**
     * Starts with no option.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    Duration timeout() {
        return timeout;
    }

    Integer maxRetries() {
        return maxRetries;
    }

    String idempotencyKey() {
        return idempotencyKey;
    }

    Map<String, String> headers() {
        return headers;
    }

    /** Builds {@link RequestOptions}. */
    public static final class Builder {
        private Duration timeout;
        private Integer maxRetries;
        private String idempotencyKey;
        private final Map<String, String> headers = new LinkedHashMap<>();

        private Builder() {}

        /**
         * How long one attempt may take.
         *
         * @param value more than zero
         * @return this
         */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /**
         * How often the request is repeated if that helps.
         *
         * @param value zero or more
         * @return this
         */
        public Builder maxRetries(int value) {
            maxRetries = value;
            return this;
        }

        /**
         * The key that makes a repeated request one. A random one is made if there is none.
         *
         * @param value the key
         * @return this
         */
        public Builder idempotencyKey(String value) {
            idempotencyKey = value;
            return this;
        }

        /**
         * A header to send.
         *
         * @param name its name
         * @param value its value
         * @return this
         */
        public Builder header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /**
         * The options.
         *
         * @return immutable
         */
        public RequestOptions build() {
            return new RequestOptions(this);
        }
    }
}
