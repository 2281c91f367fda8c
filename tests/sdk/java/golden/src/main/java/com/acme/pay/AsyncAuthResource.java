package com.acme.pay;

import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Auth */
public final class AsyncAuthResource {
    private final WireTransport transport;

    AsyncAuthResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * {@code GET /auth/oauth}
     *
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Map<String, Object>> withOauth() {
        return withOauth(null);
    }

    /**
     * {@code GET /auth/oauth}
     *
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Map<String, Object>> withOauth(RequestOptions options) {
        WireCall call = AuthResource.Calls.withOauth();
        return transport.json(call, options, WireValues.mapOf(WireValues::any));
    }

    /**
     * {@code GET /auth/both}
     *
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Map<String, Object>> withBoth() {
        return withBoth(null);
    }

    /**
     * {@code GET /auth/both}
     *
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Map<String, Object>> withBoth(RequestOptions options) {
        WireCall call = AuthResource.Calls.withBoth();
        return transport.json(call, options, WireValues.mapOf(WireValues::any));
    }

    /**
     * {@code POST /auth/form}
     *
     * @param params what it takes
     * @return the answer, when it is there
     */
    public CompletableFuture<String> sendForm(AuthSendFormParams params) {
        return sendForm(params, null);
    }

    /**
     * {@code POST /auth/form}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, when it is there
     */
    public CompletableFuture<String> sendForm(AuthSendFormParams params, RequestOptions options) {
        WireCall call = AuthResource.Calls.sendForm(params);
        return transport.text(call, options);
    }
}
