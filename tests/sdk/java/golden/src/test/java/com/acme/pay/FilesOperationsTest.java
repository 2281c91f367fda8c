package com.acme.pay;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Each operation of a group, with example values. */
@SuppressWarnings("deprecation")
public final class FilesOperationsTest {
    private final AcmePay client = TestClients.client();

    public void testUpload() {
        FileUploadParams params =
                FileUploadParams.builder()
                        .purpose("text")
                        .file(Upload.of("Example".getBytes(StandardCharsets.UTF_8), "example.txt"))
                        .build();
        Checks.readable(client.files().upload(params));
    }

    public void testDownload() throws Exception {
        try (InputStream content = client.files().download("text")) {
            content.readAllBytes();
        }
    }

    public void testReplace() {
        FileReplaceParams params =
                FileReplaceParams.builder()
                        .body(Upload.of("Example".getBytes(StandardCharsets.UTF_8), "example.txt"))
                        .build();
        client.files().replace("text", params);
    }
}
