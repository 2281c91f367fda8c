package com.acme.pay;

/** Things */
public final class ThingsResource {
    private final WireTransport transport;

    ThingsResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * Creates a <strong>thing</strong> with {@code name}.
     *
     * <ul>
     *   <li>one
     *   <li>two
     * </ul>
     *
     * @param params what it takes
     * @return the answer, or null if it has no body
     */
    public Thing create(ThingCreateParams params) {
        return create(params, null);
    }

    /**
     * Creates a <strong>thing</strong> with {@code name}.
     *
     * <ul>
     *   <li>one
     *   <li>two
     * </ul>
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Thing create(ThingCreateParams params, RequestOptions options) {
        WireCall call = Calls.create(params);
        return WireTransport.await(transport.json(call, options, Thing::from));
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @return the answer, or null if it has no body
     */
    public Thing retrieve(String id) {
        return retrieve(id, ThingRetrieveParams.builder().build(), null);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @return the answer, or null if it has no body
     */
    public Thing retrieve(String id, ThingRetrieveParams params) {
        return retrieve(id, params, null);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Thing retrieve(String id, RequestOptions options) {
        return retrieve(id, ThingRetrieveParams.builder().build(), options);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Thing retrieve(String id, ThingRetrieveParams params, RequestOptions options) {
        WireCall call = Calls.retrieve(id, params);
        return WireTransport.await(transport.json(call, options, Thing::from));
    }

    /**
     * <code>PATCH /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @return the answer, or null if it has no body
     */
    public Thing update(String id, ThingUpdateParams params) {
        return update(id, params, null);
    }

    /**
     * <code>PATCH /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Thing update(String id, ThingUpdateParams params, RequestOptions options) {
        WireCall call = Calls.update(id, params);
        return WireTransport.await(transport.json(call, options, Thing::from));
    }

    /**
     * <code>DELETE /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @deprecated It is going to be removed.
     */
    @Deprecated
    public void delete(String id) {
        delete(id, null);
    }

    /**
     * <code>DELETE /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param options what is special about this call, or null
     * @deprecated It is going to be removed.
     */
    @Deprecated
    public void delete(String id, RequestOptions options) {
        WireCall call = Calls.delete(id);
        WireTransport.await(transport.none(call, options));
    }

    /**
     * {@code GET /events}
     *
     * @return the stream, to be closed
     */
    public EventStream<Shape> streamEvents() {
        return streamEvents(ThingStreamEventsParams.builder().build(), null);
    }

    /**
     * {@code GET /events}
     *
     * @param params what it takes
     * @return the stream, to be closed
     */
    public EventStream<Shape> streamEvents(ThingStreamEventsParams params) {
        return streamEvents(params, null);
    }

    /**
     * {@code GET /events}
     *
     * @param options what is special about this call, or null
     * @return the stream, to be closed
     */
    public EventStream<Shape> streamEvents(RequestOptions options) {
        return streamEvents(ThingStreamEventsParams.builder().build(), options);
    }

    /**
     * {@code GET /events}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the stream, to be closed
     */
    public EventStream<Shape> streamEvents(ThingStreamEventsParams params, RequestOptions options) {
        WireCall call = Calls.streamEvents(params);
        return WireTransport.await(
                transport.events(call, options, EventStream.Format.EVENTS, Shape::from));
    }

    /**
     * {@code GET /lines}
     *
     * @return the stream, to be closed
     */
    public EventStream<Thing> streamLines() {
        return streamLines(null);
    }

    /**
     * {@code GET /lines}
     *
     * @param options what is special about this call, or null
     * @return the stream, to be closed
     */
    public EventStream<Thing> streamLines(RequestOptions options) {
        WireCall call = Calls.streamLines();
        return WireTransport.await(
                transport.events(call, options, EventStream.Format.LINES, Thing::from));
    }

    /** The requests, as both kinds of client send them. */
    static final class Calls {
        private Calls() {}

        static WireCall create(ThingCreateParams params) {
            return new WireCall("POST", "/things")
                    .with(params)
                    .sends("json", "application/json")
                    .always()
                    .accept("application/json, application/problem+json")
                    .idempotency("Idempotency-Key")
                    .security("key")
                    .errors(Problem::from, "409");
        }

        static WireCall retrieve(String id, ThingRetrieveParams params) {
            return new WireCall("GET", "/things/{id}")
                    .path("id", id)
                    .with(params)
                    .accept("application/json, application/problem+json")
                    .security("key")
                    .errors(Problem::from, "default");
        }

        static WireCall update(String id, ThingUpdateParams params) {
            return new WireCall("PATCH", "/things/{id}")
                    .path("id", id)
                    .with(params)
                    .sends("json", "application/json")
                    .always()
                    .accept("application/json")
                    .security("key");
        }

        static WireCall delete(String id) {
            return new WireCall("DELETE", "/things/{id}").path("id", id).security("key");
        }

        static WireCall streamEvents(ThingStreamEventsParams params) {
            return new WireCall("GET", "/events")
                    .with(params)
                    .accept("text/event-stream")
                    .security("key")
                    .resumable();
        }

        static WireCall streamLines() {
            return new WireCall("GET", "/lines").accept("application/x-ndjson").security("key");
        }
    }
}
