package @@java-package@@;

/** A value that can be written as JSON. */
public interface JsonView {
    /**
     * The value as plain JSON.
     *
     * @return maps, lists, strings, numbers, booleans and null, as {@link Json} reads them
     */
    Object toJson();
}
