package com.acme.pay;

import java.nio.file.Path;

/** Parameters of {@link FilesResource#replace}. */
public final class FileReplaceParams extends ApiParams {
    private FileReplaceParams(Builder builder) {
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

    /** Builds {@link FileReplaceParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * The body.
         *
         * @param value the value
         * @return this
         */
        public Builder body(Upload value) {
            return body(ApiParams.WHOLE, value);
        }

        /**
         * The body.
         *
         * @param value the value
         * @return this
         */
        public Builder body(Path value) {
            return body(ApiParams.WHOLE, value);
        }

        /**
         * The parameters.
         *
         * @return immutable
         */
        public FileReplaceParams build() {
            require("");
            return new FileReplaceParams(this);
        }
    }
}
