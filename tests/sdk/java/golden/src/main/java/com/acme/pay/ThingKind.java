package com.acme.pay;

/** Values of ThingKind. */
public final class ThingKind {
    /** The value <code>"plain"</code>. */
    public static final String PLAIN = "plain";

    /** The value <code>"fancy"</code>. */
    public static final String FANCY = "fancy";

    private ThingKind() {}
}
