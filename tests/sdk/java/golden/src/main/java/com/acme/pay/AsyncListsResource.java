package com.acme.pay;

import java.util.concurrent.CompletableFuture;

/** Lists */
public final class AsyncListsResource {
    private final WireTransport transport;

    AsyncListsResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> cursor() {
        return cursor(ListCursorParams.builder().build(), null);
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @param params what it takes
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> cursor(ListCursorParams params) {
        return cursor(params, null);
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @param options what is special about this call, or null
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> cursor(RequestOptions options) {
        return cursor(ListCursorParams.builder().build(), options);
    }

    /**
     * {@code GET /lists/cursor}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> cursor(ListCursorParams params, RequestOptions options) {
        WireCall call = ListsResource.Calls.cursor(params);
        return transport.page(call, options, ListsResource.Calls.cursorPaging());
    }

    /**
     * {@code GET /lists/offset}
     *
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> offset() {
        return offset(ListOffsetParams.builder().build(), null);
    }

    /**
     * {@code GET /lists/offset}
     *
     * @param params what it takes
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> offset(ListOffsetParams params) {
        return offset(params, null);
    }

    /**
     * {@code GET /lists/offset}
     *
     * @param options what is special about this call, or null
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> offset(RequestOptions options) {
        return offset(ListOffsetParams.builder().build(), options);
    }

    /**
     * {@code GET /lists/offset}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the first page, when it is there
     */
    public CompletableFuture<Page<Thing>> offset(ListOffsetParams params, RequestOptions options) {
        WireCall call = ListsResource.Calls.offset(params);
        return transport.page(call, options, ListsResource.Calls.offsetPaging());
    }
}
