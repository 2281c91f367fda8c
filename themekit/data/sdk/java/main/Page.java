package @@java-package@@;

import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One page of a list.
 *
 * @param <T> the type of an item
 */
public final class Page<T> implements Iterable<T> {
    private static final Pattern NEXT =
            Pattern.compile("<([^>]*)>\\s*((?:;[^,<]*)?;\\s*rel=\"?[^\",;]*\\bnext\\b[^,<]*)");

    private final WireTransport transport;
    private final WireCall call;
    private final RequestOptions options;
    private final WirePaging<T> paging;
    private final ApiResponse response;
    private final Object body;
    private final List<T> data;

    Page(
            WireTransport transport,
            WireCall call,
            RequestOptions options,
            WirePaging<T> paging,
            ApiResponse response,
            Object body) {
        this.transport = transport;
        this.call = call;
        this.options = options;
        this.paging = paging;
        this.response = response;
        this.body = body;
        Object found = WireValues.at(body, paging.items);
        data = found == null ? List.of() : WireValues.listOf(paging.reader).apply(found);
    }

    /**
     * The items.
     *
     * @return an unmodifiable list
     */
    public List<T> data() {
        return data;
    }

    /** The items of this page, and of no other. */
    @Override
    public Iterator<T> iterator() {
        return data.iterator();
    }

    /**
     * Whether there is another page, as far as this one tells.
     *
     * @return false on the last page
     */
    public boolean hasMore() {
        return following() != null;
    }

    /**
     * What leads to the next page: a cursor, an id, a number or a URL.
     *
     * @return the value as text, or null on the last page
     */
    public String nextCursor() {
        Object next = following();
        return next == null ? null : WireParameter.text(next);
    }

    /**
     * The next page.
     *
     * @return the page, or null after the last
     */
    public Page<T> next() {
        CompletableFuture<Page<T>> next = nextAsync();
        return next == null ? null : WireTransport.await(next);
    }

    /**
     * The next page, when it is there.
     *
     * @return the page, or null after the last
     */
    public CompletableFuture<Page<T>> nextAsync() {
        Object next = following();
        if (next == null) {
            return null;
        }
        boolean isUrl = paging.kind.equals("next-url") || paging.kind.equals("link-header");
        WireCall following =
                isUrl
                        ? call.at(absolute((String) next))
                        : call.next(paging.place, paging.parameter, next);
        return transport.page(following, options, paging);
    }

    /**
     * What came besides the body.
     *
     * @return the status and the headers
     */
    public ApiResponse lastResponse() {
        return response;
    }

    /**
     * The whole body.
     *
     * @return plain JSON, as {@link Json} reads it
     */
    public Object raw() {
        return body;
    }

    private String absolute(String url) {
        return URI.create(call.url(transport.base(call))).resolve(url).toString();
    }

    private Object following() {
        boolean isLast =
                Boolean.FALSE.equals(WireValues.at(body, paging.more)) && !paging.more.isEmpty();
        if (isLast) {
            return null;
        }
        switch (paging.kind) {
            case "cursor":
            case "next-url":
                Object next = WireValues.at(body, paging.next);
                return "".equals(next) || next instanceof Boolean ? null : next;
            case "link-header":
                return link();
            case "last-id":
                return lastId();
            case "offset":
                return data.isEmpty() ? null : number(0) + data.size();
            default:
                return data.isEmpty() ? null : number(1) + 1;
        }
    }

    private Object lastId() {
        Object items = WireValues.at(body, paging.items);
        if (!(items instanceof List) || data.isEmpty()) {
            return null;
        }
        return WireValues.at(((List<?>) items).get(data.size() - 1), List.of(paging.idField));
    }

    private long number(long first) {
        Object value = call.parameterValue(paging.place, paging.parameter);
        return value instanceof Number ? ((Number) value).longValue() : first;
    }

    private String link() {
        for (String value : response.headers().allValues("Link")) {
            Matcher found = NEXT.matcher(value);
            if (found.find()) {
                return found.group(1);
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "Page{items=" + data.size() + ", hasMore=" + hasMore() + "}";
    }
}
