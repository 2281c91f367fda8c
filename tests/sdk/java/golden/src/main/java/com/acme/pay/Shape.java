package com.acme.pay;

import java.util.Map;

/**
 * The union Shape.
 *
 * <p>One of {@link Circle}, {@link Square}, or {@link Unknown}.
 */
public interface Shape extends JsonView {
    @Override
    Map<String, Object> toJson();

    /**
     * Reads one from plain JSON.
     *
     * @param json a map, as {@link Json} reads it
     * @return one of the classes that implement this
     */
    static Shape from(Object json) {
        switch (WireShape.tag(json, "type")) {
            case "circle":
                return Circle.from(json);
            case "square":
                return Square.from(json);
            default:
                return new Unknown(WireValues.object(json));
        }
    }

    /** One that is newer than this library. */
    final class Unknown extends ApiObject implements Shape {
        private Unknown(Map<String, Object> members) {
            super(members);
        }
    }
}
