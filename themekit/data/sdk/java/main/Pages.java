package @@java-package@@;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * All items of a list. Pages are fetched as they are needed, from the first at each iteration.
 *
 * @param <T> the type of an item
 */
public final class Pages<T> implements Iterable<T> {
    private final Supplier<Page<T>> first;

    Pages(Supplier<Page<T>> first) {
        this.first = first;
    }

    @Override
    public Iterator<T> iterator() {
        return new Items<>(first);
    }

    /**
     * All items as a stream.
     *
     * @return a sequential stream
     */
    public Stream<T> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    private static final class Items<T> implements Iterator<T> {
        private final Supplier<Page<T>> first;
        private Page<T> page;
        private Iterator<T> items;

        Items(Supplier<Page<T>> first) {
            this.first = first;
        }

        @Override
        public boolean hasNext() {
            if (items == null) {
                page = first.get();
                items = page.iterator();
            }
            while (!items.hasNext() && page != null) {
                Page<T> next = page.next();
                if (next != null && next.data().isEmpty() && !next.hasMore()) {
                    next = null;
                }
                page = next;
                items = page == null ? items : page.iterator();
            }
            return items.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return items.next();
        }
    }
}
