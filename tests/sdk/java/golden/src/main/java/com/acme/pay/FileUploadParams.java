package com.acme.pay;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Parameters of {@link FilesResource#upload}. */
public final class FileUploadParams extends ApiParams {
    private FileUploadParams(Builder builder) {
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

    /** Builds {@link FileUploadParams}. */
    public static final class Builder extends ApiParams.Builder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /**
         * Sets {@code purpose}.
         *
         * @param value the value
         * @return this
         */
        public Builder purpose(String value) {
            return body("purpose", value);
        }

        /**
         * Sets {@code file}.
         *
         * @param value the value
         * @return this
         */
        public Builder file(Upload value) {
            return body("file", value);
        }

        /**
         * Sets {@code file}.
         *
         * @param value the value
         * @return this
         */
        public Builder file(Path value) {
            return body("file", value);
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
         * Sets {@code meta}.
         *
         * @param value the value
         * @return this
         */
        public Builder meta(Map<String, Long> value) {
            return body("meta", value);
        }

        /**
         * Sets {@code meta}.
         *
         * @param key its name
         * @param value the value
         * @return this
         */
        public Builder putMeta(String key, long value) {
            return put("meta", key, value);
        }

        /**
         * The parameters.
         *
         * @return immutable
         */
        public FileUploadParams build() {
            require("purpose", "file");
            return new FileUploadParams(this);
        }
    }
}
