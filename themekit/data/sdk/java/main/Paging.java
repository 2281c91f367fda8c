package @@java-package@@;

import java.util.List;
import java.util.function.Function;

/** How a list goes on. */
final class Paging<T> {
    final String kind;
    final Function<Object, T> reader;
    List<String> items = List.of();
    List<String> next = List.of();
    List<String> more = List.of();
    String place = Parameter.QUERY;
    String parameter = "";
    String idField = "";

    Paging(String kind, Function<Object, T> reader) {
        this.kind = kind;
        this.reader = reader;
    }

    Paging<T> items(String... names) {
        items = List.of(names);
        return this;
    }

    Paging<T> next(String... names) {
        next = List.of(names);
        return this;
    }

    Paging<T> more(String... names) {
        more = List.of(names);
        return this;
    }

    Paging<T> sends(String where, String name) {
        place = where;
        parameter = name;
        return this;
    }

    Paging<T> id(String field) {
        idField = field;
        return this;
    }
}
