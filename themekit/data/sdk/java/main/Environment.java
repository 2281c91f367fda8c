package @@java-package@@;

/** Where requests go. */
public enum Environment {
    /** The live environment. */
    LIVE("@@base-url:json@@"),
    /** The sandbox: the same operations, and nothing in it is real. */
    SANDBOX("@@sandbox-url:json@@");

    private final String url;

    Environment(String url) {
        this.url = url;
    }

    /**
     * The address that all paths are appended to.
     *
     * @return a URL with no slash at its end
     */
    public String url() {
        return url;
    }
}
