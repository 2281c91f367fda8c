package com.acme.pay;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The object Thing. */
public final class Thing extends ApiObject {
    private static final Set<String> MEMBERS =
            Set.of(
                    "id",
                    "size",
                    "kind",
                    "price",
                    "born",
                    "made_at",
                    "secret_token",
                    "content",
                    "grid",
                    "parent",
                    "shape",
                    "value",
                    "class",
                    "count",
                    "tags",
                    "labels",
                    "note");

    private Thing(Map<String, Object> members) {
        super(members);
    }

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return the object; its members are read when they are asked for
     */
    public static Thing from(Object json) {
        return new Thing(WireValues.object(json));
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
     * The member {@code id}.
     *
     * @return the value
     */
    public String id() {
        return required("id", WireValues::string);
    }

    /**
     * The member {@code size}.
     *
     * @return the value
     */
    public long size() {
        return required("size", WireValues::int64);
    }

    /**
     * The member {@code kind}.
     *
     * @return the value, or null
     */
    public String kind() {
        return optional("kind", WireValues::string);
    }

    /**
     * The member {@code price}.
     *
     * @return the value, or null
     */
    public Double price() {
        return optional("price", WireValues::number);
    }

    /**
     * The member {@code born}.
     *
     * @return the value, or null
     */
    public LocalDate born() {
        return optional("born", WireValues::date);
    }

    /**
     * The member {@code made_at}.
     *
     * @return the value, or null
     */
    public OffsetDateTime madeAt() {
        return optional("made_at", WireValues::dateTime);
    }

    /**
     * The member {@code secret_token}.
     *
     * @return the value, or null
     */
    public String secretToken() {
        return optional("secret_token", WireValues::string);
    }

    /**
     * The member {@code content}.
     *
     * @return the value, or null
     */
    public byte[] content() {
        return optional("content", WireValues::bytes);
    }

    /**
     * The member {@code grid}.
     *
     * @return the value, or null
     */
    public List<List<Double>> grid() {
        return optional("grid", WireValues.listOf(WireValues.listOf(WireValues::number)));
    }

    /**
     * The member {@code parent}.
     *
     * @return the value, or null
     */
    public Thing parent() {
        return optional("parent", Thing::from);
    }

    /**
     * The member {@code shape}.
     *
     * @return the value, or null
     */
    public Shape shape() {
        return optional("shape", Shape::from);
    }

    /**
     * The member {@code value}.
     *
     * @return the value, or null
     */
    public ValueModel value() {
        return optional("value", ValueModel::from);
    }

    /**
     * The member {@code class}.
     *
     * @return the value, or null
     */
    public String class_() {
        return optional("class", WireValues::string);
    }

    /**
     * The member {@code count}.
     *
     * @return the value, or null
     */
    public Long count() {
        return optional("count", WireValues::int64);
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
     * The member {@code labels}.
     *
     * @return the value, or null
     */
    public Map<String, String> labels() {
        return optional("labels", WireValues.mapOf(WireValues::string));
    }

    /**
     * The member {@code note}.
     *
     * @return the value, or null
     */
    public String note() {
        return optional("note", WireValues::string);
    }

    /**
     * The members that are newer than this library.
     *
     * @return an unmodifiable map
     */
    public Map<String, Object> extra() {
        return others(MEMBERS, WireValues::any);
    }

    /** Builds {@link Thing}. */
    public static final class Builder extends ObjectBuilder<Builder> {
        private Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Sets {@link Thing#id()}. */
        public Builder id(String value) {
            return set("id", value);
        }

        /** Sets {@link Thing#size()}. */
        public Builder size(long value) {
            return set("size", value);
        }

        /** Sets {@link Thing#kind()}. */
        public Builder kind(String value) {
            return set("kind", value);
        }

        /** Sets {@link Thing#price()}. */
        public Builder price(double value) {
            return set("price", value);
        }

        /** Sets {@link Thing#born()}. */
        public Builder born(LocalDate value) {
            return set("born", value);
        }

        /** Sets {@link Thing#madeAt()}. */
        public Builder madeAt(OffsetDateTime value) {
            return set("made_at", value);
        }

        /** Sets {@link Thing#secretToken()}. */
        public Builder secretToken(String value) {
            return set("secret_token", value);
        }

        /** Sets {@link Thing#content()}. */
        public Builder content(byte[] value) {
            return set("content", value);
        }

        /** Sets {@link Thing#grid()}. */
        public Builder grid(List<List<Double>> value) {
            return set("grid", value);
        }

        /** Adds to {@link Thing#grid()}. */
        public Builder addGrid(List<Double> item) {
            return add("grid", item);
        }

        /** Sets {@link Thing#parent()}. */
        public Builder parent(Thing value) {
            return set("parent", value);
        }

        /** Sets {@link Thing#shape()}. */
        public Builder shape(Shape value) {
            return set("shape", value);
        }

        /** Sets {@link Thing#value()}. */
        public Builder value(ValueModel value) {
            return set("value", value);
        }

        /** Sets {@link Thing#class_()}. */
        public Builder class_(String value) {
            return set("class", value);
        }

        /** Sets {@link Thing#count()}. */
        public Builder count(long value) {
            return set("count", value);
        }

        /** Sets {@link Thing#count()}. */
        public Builder count(Long value) {
            return set("count", value);
        }

        /** Sets {@link Thing#tags()}. */
        public Builder tags(List<String> value) {
            return set("tags", value);
        }

        /** Adds to {@link Thing#tags()}. */
        public Builder addTag(String item) {
            return add("tags", item);
        }

        /** Sets {@link Thing#labels()}. */
        public Builder labels(Map<String, String> value) {
            return set("labels", value);
        }

        /** Adds to {@link Thing#labels()}. */
        public Builder putLabels(String key, String value) {
            return put("labels", key, value);
        }

        /** Sets {@link Thing#note()}. */
        public Builder note(String value) {
            return set("note", value);
        }

        /**
         * The object.
         *
         * @return immutable
         */
        public Thing build() {
            return new Thing(built("id", "size"));
        }
    }
}
