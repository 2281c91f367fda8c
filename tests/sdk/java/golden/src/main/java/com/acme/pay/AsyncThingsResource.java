package com.acme.pay;

import java.util.concurrent.CompletableFuture;

/** Things */
public final class AsyncThingsResource {
    private final WireTransport transport;

    AsyncThingsResource(WireTransport transport) {
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
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> create(ThingCreateParams params) {
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
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> create(ThingCreateParams params, RequestOptions options) {
        WireCall call = ThingsResource.Calls.create(params);
        return transport.json(call, options, Thing::from);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> retrieve(String id) {
        return retrieve(id, ThingRetrieveParams.builder().build(), null);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> retrieve(String id, ThingRetrieveParams params) {
        return retrieve(id, params, null);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> retrieve(String id, RequestOptions options) {
        return retrieve(id, ThingRetrieveParams.builder().build(), options);
    }

    /**
     * <code>GET /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> retrieve(
            String id, ThingRetrieveParams params, RequestOptions options) {
        WireCall call = ThingsResource.Calls.retrieve(id, params);
        return transport.json(call, options, Thing::from);
    }

    /**
     * <code>PATCH /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> update(String id, ThingUpdateParams params) {
        return update(id, params, null);
    }

    /**
     * <code>PATCH /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Thing> update(
            String id, ThingUpdateParams params, RequestOptions options) {
        WireCall call = ThingsResource.Calls.update(id, params);
        return transport.json(call, options, Thing::from);
    }

    /**
     * <code>DELETE /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @return nothing, when it is there
     * @deprecated It is going to be removed.
     */
    @Deprecated
    public CompletableFuture<Void> delete(String id) {
        return delete(id, null);
    }

    /**
     * <code>DELETE /things/&#123;id&#125;</code>
     *
     * @param id the id of the path
     * @param options what is special about this call, or null
     * @return nothing, when it is there
     * @deprecated It is going to be removed.
     */
    @Deprecated
    public CompletableFuture<Void> delete(String id, RequestOptions options) {
        WireCall call = ThingsResource.Calls.delete(id);
        return transport.none(call, options);
    }

    /**
     * {@code GET /events}
     *
     * @return the stream, to be closed, when it is there
     */
    public CompletableFuture<EventStream<Shape>> streamEvents() {
        return streamEvents(ThingStreamEventsParams.builder().build(), null);
    }

    /**
     * {@code GET /events}
     *
     * @param params what it takes
     * @return the stream, to be closed, when it is there
     */
    public CompletableFuture<EventStream<Shape>> streamEvents(ThingStreamEventsParams params) {
        return streamEvents(params, null);
    }

    /**
     * {@code GET /events}
     *
     * @param options what is special about this call, or null
     * @return the stream, to be closed, when it is there
     */
    public CompletableFuture<EventStream<Shape>> streamEvents(RequestOptions options) {
        return streamEvents(ThingStreamEventsParams.builder().build(), options);
    }

    /**
     * {@code GET /events}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the stream, to be closed, when it is there
     */
    public CompletableFuture<EventStream<Shape>> streamEvents(
            ThingStreamEventsParams params, RequestOptions options) {
        WireCall call = ThingsResource.Calls.streamEvents(params);
        return transport.events(call, options, EventStream.Format.EVENTS, Shape::from);
    }

    /**
     * {@code GET /lines}
     *
     * @return the stream, to be closed, when it is there
     */
    public CompletableFuture<EventStream<Thing>> streamLines() {
        return streamLines(null);
    }

    /**
     * {@code GET /lines}
     *
     * @param options what is special about this call, or null
     * @return the stream, to be closed, when it is there
     */
    public CompletableFuture<EventStream<Thing>> streamLines(RequestOptions options) {
        WireCall call = ThingsResource.Calls.streamLines();
        return transport.events(call, options, EventStream.Format.LINES, Thing::from);
    }
}
