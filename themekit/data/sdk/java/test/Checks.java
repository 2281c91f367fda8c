package @@java-package@@;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What tests of the operations claim. */
final class Checks {
    private static final int MAX_DEPTH = 4;
    private static final Set<String> OTHERS =
            Set.of("toBuilder", "hashCode", "toString", "getClass", "notify", "notifyAll", "wait");

    private Checks() {}

    static void equal(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + ", found " + found);
        }
    }

    static void isTrue(boolean claim, String text) {
        if (!claim) {
            throw new AssertionError(text);
        }
    }

    /** The call throws this. */
    static <T extends Throwable> T fails(Class<T> type, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException error) {
            if (type.isInstance(error)) {
                return type.cast(error);
            }
            throw error;
        }
        throw new AssertionError("expected " + type.getSimpleName());
    }

    /** A request that is answered with a status twice, and then as ever. */
    static RequestOptions twice(int status) {
        String run = UUID.randomUUID().toString();
        return RequestOptions.builder()
                .header("Prefer", "code=" + status + "; times=2; run=" + run)
                .build();
    }

    /** A request that is answered with a status. */
    static RequestOptions forced(int status) {
        return RequestOptions.builder().header("Prefer", "code=" + status).maxRetries(0).build();
    }

    /** Every member of an answer can be read as its type. */
    static void readable(Object value) {
        readable(value, 0);
    }

    private static void readable(Object value, int depth) {
        if (depth > MAX_DEPTH || value == null) {
            return;
        }
        if (value instanceof Iterable) {
            ((Iterable<?>) value).forEach(each -> readable(each, depth + 1));
        } else if (value instanceof Map) {
            ((Map<?, ?>) value).values().forEach(each -> readable(each, depth + 1));
        } else if (value instanceof ApiObject) {
            for (Method method : value.getClass().getMethods()) {
                boolean isAccessor =
                        method.getParameterCount() == 0
                                && !Modifier.isStatic(method.getModifiers())
                                && !OTHERS.contains(method.getName());
                if (isAccessor) {
                    readable(read(method, value), depth + 1);
                }
            }
        }
    }

    private static boolean isMissing(Throwable error) {
        return error instanceof JsonException && error.getMessage().contains("` is missing in ");
    }

    private static Object read(Method method, Object value) {
        try {
            return method.invoke(value);
        } catch (IllegalAccessException error) {
            throw new AssertionError(error);
        } catch (InvocationTargetException error) {
            if (isMissing(error.getCause())) {
                return null; // the author's example lacks a member; what is there is checked
            }
            throw new AssertionError(
                    method.getName() + " of " + value + ": " + error.getCause(), error);
        }
    }
}
