package com.acme.pay;

import java.util.Map;

/** Auth */
public final class AuthResource {
    private final WireTransport transport;

    AuthResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * {@code GET /auth/oauth}
     *
     * @return the answer, or null if it has no body
     */
    public Map<String, Object> withOauth() {
        return withOauth(null);
    }

    /**
     * {@code GET /auth/oauth}
     *
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Map<String, Object> withOauth(RequestOptions options) {
        WireCall call = Calls.withOauth();
        return WireTransport.await(
                transport.json(call, options, WireValues.mapOf(WireValues::any)));
    }

    /**
     * {@code GET /auth/both}
     *
     * @return the answer, or null if it has no body
     */
    public Map<String, Object> withBoth() {
        return withBoth(null);
    }

    /**
     * {@code GET /auth/both}
     *
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Map<String, Object> withBoth(RequestOptions options) {
        WireCall call = Calls.withBoth();
        return WireTransport.await(
                transport.json(call, options, WireValues.mapOf(WireValues::any)));
    }

    /**
     * {@code POST /auth/form}
     *
     * @param params what it takes
     * @return the answer
     */
    public String sendForm(AuthSendFormParams params) {
        return sendForm(params, null);
    }

    /**
     * {@code POST /auth/form}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer
     */
    public String sendForm(AuthSendFormParams params, RequestOptions options) {
        WireCall call = Calls.sendForm(params);
        return WireTransport.await(transport.text(call, options));
    }

    /** The requests, as both kinds of client send them. */
    static final class Calls {
        private Calls() {}

        static WireCall withOauth() {
            return new WireCall("GET", "/auth/oauth").accept("application/json").security("oauth");
        }

        static WireCall withBoth() {
            return new WireCall("GET", "/auth/both")
                    .accept("application/json")
                    .security("basic", "queryKey");
        }

        static WireCall sendForm(AuthSendFormParams params) {
            return new WireCall("POST", "/auth/form")
                    .with(params)
                    .sends("form", "application/x-www-form-urlencoded")
                    .always()
                    .accept("text/plain");
        }
    }
}
