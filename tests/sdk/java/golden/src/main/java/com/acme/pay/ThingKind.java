package com.acme.pay;

/** Values of ThingKind. */
public final class ThingKind {
    /** The value {@code "plain"}. */
    public static final String PLAIN = "plain";

    /** The value {@code "fancy"}. */
    public static final String FANCY = "fancy";

    private ThingKind() {}
}
