package com.acme.pay;

import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Files */
public final class AsyncFilesResource {
    private final WireTransport transport;

    AsyncFilesResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * {@code POST /files}
     *
     * @param params what it takes
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Map<String, Object>> upload(FileUploadParams params) {
        return upload(params, null);
    }

    /**
     * {@code POST /files}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body, when it is there
     */
    public CompletableFuture<Map<String, Object>> upload(
            FileUploadParams params, RequestOptions options) {
        WireCall call = FilesResource.Calls.upload(params);
        return transport.json(call, options, WireValues.mapOf(WireValues::any));
    }

    /**
     * <code>GET /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @return the content, to be closed, when it is there
     */
    public CompletableFuture<InputStream> download(String id) {
        return download(id, null);
    }

    /**
     * <code>GET /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @param options what is special about this call, or null
     * @return the content, to be closed, when it is there
     */
    public CompletableFuture<InputStream> download(String id, RequestOptions options) {
        WireCall call = FilesResource.Calls.download(id);
        return transport.download(call, options);
    }

    /**
     * <code>PUT /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @return nothing, when it is there
     */
    public CompletableFuture<Void> replace(String id, FileReplaceParams params) {
        return replace(id, params, null);
    }

    /**
     * <code>PUT /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return nothing, when it is there
     */
    public CompletableFuture<Void> replace(
            String id, FileReplaceParams params, RequestOptions options) {
        WireCall call = FilesResource.Calls.replace(id, params);
        return transport.none(call, options);
    }
}
