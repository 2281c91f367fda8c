package com.acme.pay;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The object UploadFileRequest. */
public final class UploadFileRequest extends ApiObject {
    private static final Set<String> MEMBERS = Set.of("purpose", "file", "tags", "meta");

    private UploadFileRequest(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static UploadFileRequest from(Object json) {
        return new UploadFileRequest(WireValues.object(json));
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
     * The member {@code purpose}.
     *
     * @return the value
     */
    public String purpose() {
        return required("purpose", WireValues::string);
    }

    /**
     * The member {@code file}.
     *
     * @return the value
     */
    public Upload file() {
        return required("file", WireValues::upload);
    }

    /**
     * The member {@code tags}.
     *
     * @return the value, or null
     */
    public List<String> tags() {
        return optional("tags", WireValues.listOf(WireValues::string));
    }

    /**
     * The member {@code meta}.
     *
     * @return the value, or null
     */
    public Map<String, Long> meta() {
        return optional("meta", WireValues.mapOf(WireValues::int64));
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link UploadFileRequest}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link UploadFileRequest#purpose()}. */
        public Builder purpose(String value) {
            return set("purpose", value);
        }

        /** Sets {@link UploadFileRequest#file()}. */
        public Builder file(Upload value) {
            return set("file", value);
        }

        /** Sets {@link UploadFileRequest#tags()}. */
        public Builder tags(List<String> value) {
            return set("tags", value);
        }

        /** Adds to {@link UploadFileRequest#tags()}. */
        public Builder addTag(String item) {
            return add("tags", item);
        }

        /** Sets {@link UploadFileRequest#meta()}. */
        public Builder meta(Map<String, Long> value) {
            return set("meta", value);
        }

        /** Adds to {@link UploadFileRequest#meta()}. */
        public Builder putMeta(String key, long value) {
            return put("meta", key, value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public UploadFileRequest build() {
            return new UploadFileRequest(built("purpose", "file"));
        }
    }
}
