package com.acme.pay;

import java.io.InputStream;
import java.util.Map;

/** Files */
public final class FilesResource {
    private final WireTransport transport;

    FilesResource(WireTransport transport) {
        this.transport = transport;
    }

    /**
     * {@code POST /files}
     *
     * @param params what it takes
     * @return the answer, or null if it has no body
     */
    public Map<String, Object> upload(FileUploadParams params) {
        return upload(params, null);
    }

    /**
     * {@code POST /files}
     *
     * @param params what it takes
     * @param options what is special about this call, or null
     * @return the answer, or null if it has no body
     */
    public Map<String, Object> upload(FileUploadParams params, RequestOptions options) {
        WireCall call = Calls.upload(params);
        return WireTransport.await(
                transport.json(call, options, WireValues.mapOf(WireValues::any)));
    }

    /**
     * <code>GET /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @return the content, to be closed
     */
    public InputStream download(String id) {
        return download(id, null);
    }

    /**
     * <code>GET /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @param options what is special about this call, or null
     * @return the content, to be closed
     */
    public InputStream download(String id, RequestOptions options) {
        WireCall call = Calls.download(id);
        return WireTransport.await(transport.download(call, options));
    }

    /**
     * <code>PUT /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @param params what it takes
     */
    public void replace(String id, FileReplaceParams params) {
        replace(id, params, null);
    }

    /**
     * <code>PUT /files/&#123;id&#125;/content</code>
     *
     * @param id the id of the path
     * @param params what it takes
     * @param options what is special about this call, or null
     */
    public void replace(String id, FileReplaceParams params, RequestOptions options) {
        WireCall call = Calls.replace(id, params);
        WireTransport.await(transport.none(call, options));
    }

    /** The requests, as both kinds of client send them. */
    static final class Calls {
        private Calls() {}

        static WireCall upload(FileUploadParams params) {
            return new WireCall("POST", "/files")
                    .with(params)
                    .sends("multipart", "multipart/form-data")
                    .always()
                    .accept("application/json")
                    .security("key");
        }

        static WireCall download(String id) {
            return new WireCall("GET", "/files/{id}/content")
                    .path("id", id)
                    .accept("application/octet-stream")
                    .security("key");
        }

        static WireCall replace(String id, FileReplaceParams params) {
            return new WireCall("PUT", "/files/{id}/content")
                    .path("id", id)
                    .with(params)
                    .sends("binary", "application/octet-stream")
                    .security("key");
        }
    }
}
