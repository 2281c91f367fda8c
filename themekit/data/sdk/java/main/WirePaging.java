package @@java-package@@;

import java.util.List;
import java.util.function.Function;

/** How a list goes on. */
final class WirePaging<T> {
    final String kind;
    final Function<Object, T> reader;
    List<String> items = List.of();
    List<String> next = List.of();
    List<String> more = List.of();
    String place = WireParameter.QUERY;
    String parameter = "";
    String idField = "";

    WirePaging(String kind, Function<Object, T> reader) {
        this.kind = kind;
        this.reader = reader;
    }

    WirePaging<T> items(String... names) {
        items = List.of(names);
        return this;
    }

    WirePaging<T> next(String... names) {
        next = List.of(names);
        return this;
    }

    WirePaging<T> more(String... names) {
        more = List.of(names);
        return this;
    }

    WirePaging<T> sends(String where, String name) {
        place = where;
        parameter = name;
        return this;
    }

    WirePaging<T> id(String field) {
        idField = field;
        return this;
    }
}
