package @@java-package@@;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * An answer that is none of success. Problem details (RFC 9457) are there if the answer has them.
 */
public class ApiException extends SdkException {
    private static final long serialVersionUID = 1L;

    private final transient ApiResponse response;
    private final transient byte[] content;
    private final transient Object body;

    ApiException(ApiResponse response, byte[] content, Object body) {
        super(message(response, body), null);
        this.response = response;
        this.content = content;
        this.body = body;
    }

    static ApiException of(ApiResponse response, byte[] content, Object body) {
        int status = response.status();
        switch (status) {
            case 400:
                return new BadRequestException(response, content, body);
            case 401:
                return new AuthenticationException(response, content, body);
            case 402:
                return new PaymentDeclinedException(response, content, body);
            case 403:
                return new PermissionException(response, content, body);
            case 404:
                return new NotFoundException(response, content, body);
            case 409:
                return new ConflictException(response, content, body);
            case 422:
                return new UnprocessableException(response, content, body);
            case 429:
                return new RateLimitException(response, content, body);
            default:
                return status >= 500
                        ? new ServerException(response, content, body)
                        : new ApiException(response, content, body);
        }
    }

    /**
     * The status of the answer.
     *
     * @return as in 404
     */
    public int status() {
        return response.status();
    }

    /**
     * What came besides the body.
     *
     * @return the status and the headers
     */
    public ApiResponse response() {
        return response;
    }

    /**
     * The id to quote to support.
     *
     * @return the id, or null
     */
    public String requestId() {
        String id = response.requestId();
        return id == null ? text("request_id") : id;
    }

    /**
     * The body as it came.
     *
     * @return the text, decoded as UTF-8
     */
    public String rawBody() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * The body, parsed: of the type that the API describes for this status, else as {@link Json}
     * has it.
     *
     * @return the value, or null if the body is no JSON
     */
    public Object body() {
        return body;
    }

    /**
     * The code by which programs decide.
     *
     * @return the member {@code code}, or null
     */
    public String code() {
        return text("code");
    }

    /**
     * The parameter at fault.
     *
     * @return the member {@code param}, or null
     */
    public String param() {
        return text("param");
    }

    /**
     * The kind of the problem.
     *
     * @return the member {@code type}, or null
     */
    public String type() {
        return text("type");
    }

    /**
     * The summary of this kind of problem.
     *
     * @return the member {@code title}, or null
     */
    public String title() {
        return text("title");
    }

    /**
     * What went wrong this time.
     *
     * @return the member {@code detail}, or null
     */
    public String detail() {
        return text("detail");
    }

    /**
     * A member of the body, or of its member {@code error}.
     *
     * @param name its name in JSON
     * @return its value, or null
     */
    public Object member(String name) {
        return member(body, name);
    }

    final String text(String name) {
        Object found = member(name);
        return found instanceof String ? (String) found : null;
    }

    private static Object member(Object body, String name) {
        Object plain = body instanceof JsonView ? ((JsonView) body).toJson() : body;
        if (!(plain instanceof Map)) {
            return null;
        }
        Map<?, ?> members = (Map<?, ?>) plain;
        Object found = members.get(name);
        return found == null && members.get("error") instanceof Map
                ? ((Map<?, ?>) members.get("error")).get(name)
                : found;
    }

    private static String message(ApiResponse response, Object body) {
        StringBuilder text = new StringBuilder("status ").append(response.status());
        for (String name : new String[] {"code", "title", "detail", "message"}) {
            Object found = member(body, name);
            if (found instanceof String) {
                text.append(": ").append(found);
            }
        }
        return text.toString();
    }
}
