import com.acme.pay.AcmePay;
import com.acme.pay.ApiConnectionException;
import com.acme.pay.ApiException;
import com.acme.pay.ApiTimeoutException;
import com.acme.pay.AuthSendFormParams;
import com.acme.pay.Circle;
import com.acme.pay.EventStream;
import com.acme.pay.FileReplaceParams;
import com.acme.pay.FileUploadParams;
import com.acme.pay.Json;
import com.acme.pay.MissingCredentialsException;
import com.acme.pay.Page;
import com.acme.pay.Problem;
import com.acme.pay.RequestOptions;
import com.acme.pay.Shape;
import com.acme.pay.Square;
import com.acme.pay.Thing;
import com.acme.pay.ThingCreateParams;
import com.acme.pay.ThingRetrieveParams;
import com.acme.pay.Upload;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls a scripted server, and prints what came of it: one line for each scenario. */
public final class Scenarios {
    private final URI base;

    private Scenarios(URI base) {
        this.base = base;
    }

    public static void main(String[] args) throws Exception {
        Scenarios scenarios = new Scenarios(URI.create(args[0] + "/v1"));
        for (java.lang.reflect.Method method : Scenarios.class.getDeclaredMethods()) {
            if (method.getReturnType() == Object.class && method.getParameterCount() == 0) {
                String found;
                try {
                    found = String.valueOf(method.invoke(scenarios));
                } catch (java.lang.reflect.InvocationTargetException error) {
                    found = "threw " + error.getCause();
                    error.getCause().printStackTrace();
                }
                System.out.println(method.getName() + "=" + found.replace("\n", "|"));
            }
        }
        System.exit(0);
    }

    private AcmePay.Builder builder() {
        return AcmePay.builder().baseUrl(base).apiKey("sk_secret");
    }

    private static RequestOptions.Builder run(String name, String script) {
        return RequestOptions.builder().header("X-Run", name).header("X-Script", script);
    }

    private static RequestOptions with(String name, String script) {
        return run(name, script).build();
    }

    private Thing get(String name, String script) {
        return builder().build().things().retrieve("t1", with(name, script));
    }

    private static ThingCreateParams made() {
        return ThingCreateParams.builder().name("Ada").build();
    }

    private Object retriesThenSucceeds() {
        List<Integer> seen = new ArrayList<>();
        AcmePay client = builder().afterResponse(answer -> seen.add(answer.status())).build();
        Thing thing = client.things().retrieve("t1", with("retries", "status 503 429 409 200"));
        return thing.id() + seen + thing.lastResponse().attempts() + thing.lastResponse().requestId();
    }

    private Object givesUp() {
        try {
            return get("gives-up", "status 503");
        } catch (ApiException error) {
            return error.getClass().getSimpleName() + error.status() + error.response().attempts();
        }
    }

    private Object postWithKeyIsRetried() {
        return builder().build().things().create(made(), with("post-key", "status 503 200")).id();
    }

    private Object ownKeyIsSent() {
        RequestOptions options = run("own-key", "").idempotencyKey("order-1").build();
        return builder().build().things().create(made(), options).id();
    }

    private Object patchIsNotRetried() {
        com.acme.pay.ThingUpdateParams params =
                com.acme.pay.ThingUpdateParams.builder().name("Ada").build();
        try {
            return builder().build().things().update("t1", params, with("patch", "status 503 200"));
        } catch (ApiException error) {
            return error.response().attempts();
        }
    }

    private Object connectionIsTriedAgain() {
        return get("cut", "cut 2").id();
    }

    private Object connectionFails() {
        try {
            RequestOptions options = run("cut-ever", "cut 9").maxRetries(1).build();
            return builder().build().things().retrieve("t1", options);
        } catch (ApiConnectionException error) {
            return error.attempts() + error.getMessage();
        }
    }

    private Object retryAfterDate() {
        return get("after-date", "after Wed, 21 Oct 2015 07:28:00 GMT").id();
    }

    private Object timeoutIsTotal() {
        RequestOptions options =
                run("slow", "slow 3").timeout(Duration.ofMillis(300)).maxRetries(0).build();
        try {
            return builder().build().things().retrieve("t1", options);
        } catch (ApiTimeoutException error) {
            return error.getMessage();
        }
    }

    private Object errorIsTyped() {
        try {
            return get("error", "status 404");
        } catch (ApiException error) {
            Problem problem = (Problem) error.body();
            return error.getClass().getSimpleName()
                    + problem.title() + error.code() + error.member("sent") + error.requestId()
                    + error.rawBody().length() + Arrays.toString(error.getStackTrace()).contains("errorIsTyped");
        }
    }

    private Object missingCredentials() {
        try {
            return AcmePay.builder().baseUrl(base).build().things().retrieve("t1", with("missing", ""));
        } catch (MissingCredentialsException error) {
            return error.getMessage();
        }
    }

    private Object redirectToOther() {
        return get("redirect-other", "redirect 302 OTHER/v1/things/t2").id();
    }

    private Object redirectToSame() {
        return get("redirect-same", "redirect 307 /v1/things/t2").id();
    }

    private Object postIsNotRedirected() {
        try {
            return builder().build().things().create(made(), with("redirect-post", "redirect 302 /v1/x"));
        } catch (ApiException error) {
            return error.status();
        }
    }

    private Object cursorPages() {
        return builder().build().lists().iterateCursor().stream().map(Thing::id).reduce("", String::concat);
    }

    private Object offsetPages() {
        StringBuilder ids = new StringBuilder();
        for (Thing thing : builder().build().lists().iterateOffset()) {
            ids.append(thing.id());
        }
        return ids;
    }

    private Object onePage() {
        Page<Thing> page = builder().build().lists().cursor();
        return page.data().size() + " " + page.hasMore() + " " + page.nextCursor() + " " + page.next().data().get(0).id();
    }

    private Object events() {
        StringBuilder out = new StringBuilder();
        try (EventStream<Shape> stream = builder().build().things().streamEvents()) {
            for (Shape shape : stream) {
                out.append(shape.getClass().getSimpleName()).append(Json.write(shape));
            }
            out.append(stream.lastEventId());
        }
        return out;
    }

    private Object streamGoesOn() {
        StringBuilder out = new StringBuilder();
        try (EventStream<Shape> stream = builder().build().things().streamEvents(with("resume", "broken-stream"))) {
            for (Shape shape : stream) {
                out.append(shape instanceof Square ? ((Square) shape).side() : ((Circle) shape).radius());
            }
        }
        return out;
    }

    private Object streamIsClosedFromOutside() throws Exception {
        long start = System.nanoTime();
        try (EventStream<Shape> stream = builder().build().things().streamEvents(with("endless", "endless"))) {
            int count = 0;
            CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(stream::close);
            for (Shape shape : stream) {
                count++;
            }
            return count + " " + ((System.nanoTime() - start) / 1_000_000 < 5000);
        }
    }

    private Object lines() {
        StringBuilder out = new StringBuilder();
        try (EventStream<Thing> stream = builder().build().things().streamLines()) {
            stream.forEach(thing -> out.append(thing.id()).append(thing.size()));
        }
        return out;
    }

    private Object upload() throws Exception {
        Path file = Files.createTempFile("note", ".pdf");
        Files.writeString(file, "content of the file");
        FileUploadParams params = FileUploadParams.builder().purpose("evidence").file(file)
                .addTag("a").addTag("b").putMeta("n", 1L).build();
        Object found = builder().build().files().upload(params, with("upload", "")).get("id");
        Files.delete(file);
        return found;
    }

    private Object uploadOfStreamIsNotRepeated() {
        InputStream content = new ByteArrayInputStream(new byte[] {1, 2, 3});
        FileReplaceParams params = FileReplaceParams.builder().body(Upload.of(content, "x.bin")).build();
        try {
            builder().build().files().replace("f1", params, with("once", "status 503 200"));
            return "sent";
        } catch (ApiException error) {
            return error.response().attempts();
        }
    }

    private Object uploadOfBytesIsRepeated() {
        byte[] content = "bytes".getBytes(StandardCharsets.UTF_8);
        FileReplaceParams params = FileReplaceParams.builder().body(Upload.of(content, "x.bin")).build();
        builder().build().files().replace("f1", params, with("twice", "status 503 200"));
        return "sent";
    }

    private Object download() throws Exception {
        try (InputStream content = builder().build().files().download("f1")) {
            return content.readAllBytes().length;
        }
    }

    private Object form() {
        AuthSendFormParams params = AuthSendFormParams.builder().name("a b&c=ü").tags(List.of("x", "y")).build();
        return AcmePay.builder().baseUrl(base).build().auth().sendForm(params, with("form", ""));
    }

    private Object parameters() {
        ThingRetrieveParams params = ThingRetrieveParams.builder()
                .expand(List.of("a,b", "c")).filter(Map.of("k y", "v&")).xTrace(List.of(1L, 2L)).session("s 1").build();
        return builder().build().things().retrieve("a/b ü", params, with("parameters", "")).id();
    }

    private Object emptyPathIsRefused() {
        try {
            return builder().build().things().retrieve("");
        } catch (IllegalArgumentException error) {
            return error.getMessage();
        }
    }

    private AcmePay oauth() {
        return AcmePay.builder().baseUrl(base).clientCredentials("the id", "s:ecret").scopes("read", "write").build();
    }

    private Object oneTokenForMany() {
        AcmePay client = oauth();
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int index = 0; index < 8; index++) {
            calls.add(client.async().auth().withOauth(with("token-many", "")));
        }
        CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).join();
        return "done";
    }

    private Object tokenIsRenewedOnce() {
        AcmePay client = oauth();
        client.auth().withOauth(with("renew", ""));
        List<String> used = new ArrayList<>();
        RequestOptions options = run("renew", "status 401 401").maxRetries(0).build();
        try {
            client.auth().withOauth(options);
        } catch (ApiException error) {
            used.add(error.getClass().getSimpleName() + error.response().attempts());
        }
        return used;
    }

    private Object bothCredentials() {
        AcmePay client = AcmePay.builder().baseUrl(base).username("u").password("p").queryKey("k&y").build();
        client.auth().withBoth(with("both", ""));
        return client.toString().contains("k&y");
    }

    private Object hooksChangeRequests() {
        AcmePay client = builder().header("X-Own", "1").beforeRequest(request -> request.setHeader("X-Hook", "2")).build();
        return client.things().retrieve("t1", with("hooks", "")).id();
    }

    private Object cancellation() throws Exception {
        AcmePay client = builder().build();
        CompletableFuture<Thing> call = client.async().things().retrieve("t1", with("cancel", "slow 20"));
        Thread.sleep(200);
        call.cancel(true);
        return call.isCancelled();
    }

    private Object interruption() throws Exception {
        List<String> found = new ArrayList<>();
        Thread thread = new Thread(() -> {
            try {
                get("interrupt", "slow 20");
            } catch (ApiConnectionException error) {
                found.add(error.getMessage() + Thread.currentThread().isInterrupted());
            }
        });
        thread.start();
        Thread.sleep(300);
        thread.interrupt();
        thread.join(5000);
        return found;
    }

    private Object followingClientIsRefused() {
        try {
            builder().httpClient(HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build());
            return "taken";
        } catch (IllegalArgumentException error) {
            return "refused";
        }
    }

    private Object closedClient() {
        AcmePay client = builder().build();
        client.close();
        try {
            return client.things().retrieve("t1");
        } catch (IllegalStateException error) {
            return error.getMessage();
        }
    }

    private Object roundTrip() {
        String text = "{\"id\":\"a\",\"size\":9007199254740993,\"kind\":\"newer\",\"price\":0.10,\"born\":\"2026-01-31\","
                + "\"made_at\":\"2026-01-31T12:00:00+02:00\",\"secret_token\":\"hush\",\"content\":\"aGk=\",\"grid\":[[1,2.5],[]],"
                + "\"parent\":{\"id\":\"p\",\"size\":1,\"parent\":null},\"shape\":{\"type\":\"circle\",\"radius\":1E+400},"
                + "\"value\":[1,2],\"class\":\"c\",\"note\":null,\"unknown\":{\"deep\":[null,true]}}";
        Thing thing = Thing.from(Json.parse(text));
        return Json.write(thing).equals(text) + " " + thing.size() + thing.kind() + thing.born() + thing.madeAt()
                + new String(thing.content(), StandardCharsets.UTF_8) + thing.grid() + thing.parent().id()
                + thing.parent().has("parent") + thing.has("note") + thing.note() + thing.class_()
                + (thing.shape() instanceof Circle) + thing.value().isIntegerList() + thing.value().asIntegerList() + thing.extra().keySet()
                + thing.toString().contains("hush") + thing.equals(thing.toBuilder().build());
    }

    private Object nullIsNotAbsent() {
        return Json.write(Thing.builder().id("n").size(1).note(null).count(5).build())
                + Json.write(Thing.builder().id("n").size(1).count(null).addTag("x").putLabels("k", "v")
                        .shape(Circle.builder().radius(2).build()).build());
    }

    private Object requiredIsAsked() {
        try {
            return ThingCreateParams.builder().note("x").build();
        } catch (IllegalStateException error) {
            return error.getMessage();
        }
    }

    private Object badJson() {
        StringBuilder out = new StringBuilder();
        for (String text : List.of("", "{", "[1,]", "01", "\"\\x\"", "nul", "1 2", "\"\n\"", "[".repeat(600), "1e99999999999", "-")) {
            try {
                out.append(Json.parse(text)).append("!");
            } catch (com.acme.pay.JsonException error) {
                out.append('.');
            }
        }
        return out.append(Json.write(Json.parse("\"\\u0041\\ud83d\\ude00\\ud800\\/\"")));
    }

    private Object paramsShowNoValue() {
        return ThingCreateParams.builder().name("secret name").build().toString();
    }
}
