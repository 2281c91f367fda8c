package com.acme.pay;

/** Lists */
public final class ListsResource {
    private final WireTransport transport;

    ListsResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @return the first page
     */
    public Page<Thing> cursor() {
        return cursor(ListCursorParams.builder().build(), null);
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @param params what it takes
     * @return the first page
     */
    public Page<Thing> cursor(ListCursorParams params) {
        return cursor(params, null);
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @param options what is special about this call, or null
     * @return the first page
     */
    public Page<Thing> cursor(RequestOptions options) {
        return cursor(ListCursorParams.builder().build(), options);
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the first page
     */
    public Page<Thing> cursor(ListCursorParams params, RequestOptions options) {
        WireCall call = Calls.cursor(params);
        return WireTransport.await(transport.page(call, options, Calls.cursorPaging()));
    }

    /**
     * All items, from page to page.
     *
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateCursor() {
        return iterateCursor(ListCursorParams.builder().build(), null);
    }

    /**
     * All items, from page to page.
     *
     * @param params what it takes
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateCursor(ListCursorParams params) {
        return iterateCursor(params, null);
    }

    /**
     * All items, from page to page.
     *
     * @param options what is special about this call, or null
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateCursor(RequestOptions options) {
        return iterateCursor(ListCursorParams.builder().build(), options);
    }

    /**
     * All items, from page to page.
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateCursor(ListCursorParams params, RequestOptions options) {
        return new Pages<>(() -> cursor(params, options));
    }

    /**
     * {@code GET /lists/offset}
     *
     * @return the first page
     */
    public Page<Thing> offset() {
        return offset(ListOffsetParams.builder().build(), null);
    }

    /**
     * {@code GET /lists/offset}
     *
     * @param params what it takes
     * @return the first page
     */
    public Page<Thing> offset(ListOffsetParams params) {
        return offset(params, null);
    }

    /**
     * {@code GET /lists/offset}
     *
     * @param options what is special about this call, or null
     * @return the first page
     */
    public Page<Thing> offset(RequestOptions options) {
        return offset(ListOffsetParams.builder().build(), options);
    }

    /**
     * {@code GET /lists/offset}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the first page
     */
    public Page<Thing> offset(ListOffsetParams params, RequestOptions options) {
        WireCall call = Calls.offset(params);
        return WireTransport.await(transport.page(call, options, Calls.offsetPaging()));
    }

    /**
     * All items, from page to page.
     *
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateOffset() {
        return iterateOffset(ListOffsetParams.builder().build(), null);
    }

    /**
     * All items, from page to page.
     *
     * @param params what it takes
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateOffset(ListOffsetParams params) {
        return iterateOffset(params, null);
    }

    /**
     * All items, from page to page.
     *
     * @param options what is special about this call, or null
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateOffset(RequestOptions options) {
        return iterateOffset(ListOffsetParams.builder().build(), options);
    }

    /**
     * All items, from page to page.
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the items; pages are fetched as they are needed
     */
    public Pages<Thing> iterateOffset(ListOffsetParams params, RequestOptions options) {
        return new Pages<>(() -> offset(params, options));
    }

    /** The requests, as both kinds of client send them. */
    static final class Calls {
        private Calls() {}

        static WireCall cursor(ListCursorParams params) {
            return new WireCall("GET", "/lists/cursor")
                    .with(params)
                    .accept("application/json")
                    .security("key");
        }

        static WirePaging<Thing> cursorPaging() {
            return new WirePaging<Thing>("cursor", Thing::from)
                    .items("data")
                    .next("next_cursor")
                    .sends("query", "cursor");
        }

        static WireCall offset(ListOffsetParams params) {
            return new WireCall("GET", "/lists/offset")
                    .with(params)
                    .accept("application/json")
                    .security("key");
        }

        static WirePaging<Thing> offsetPaging() {
            return new WirePaging<Thing>("offset", Thing::from)
                    .items("items")
                    .more("has_more")
                    .sends("query", "offset");
        }
    }
}
