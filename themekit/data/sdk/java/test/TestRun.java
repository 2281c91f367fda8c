package @@java-package@@;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;

/** Runs the tests of the classes whose names are given, with nothing but Java. */
public final class TestRun {
    private TestRun() {}

    /**
     * Runs the tests, and ends with 1 if one of them fails.
     *
     * @param names of classes in this package
     * @throws ReflectiveOperationException if there is no such class
     */
    public static void main(String[] names) throws ReflectiveOperationException {
        int failures = 0;
        int count = 0;
        for (String name : names) {
            Class<?> type = Class.forName(TestRun.class.getPackageName() + "." + name);
            Method[] methods = type.getMethods();
            Arrays.sort(methods, Comparator.comparing(Method::getName));
            for (Method method : methods) {
                if (method.getName().startsWith("test")) {
                    count++;
                    failures += run(type, method) ? 0 : 1;
                }
            }
        }
        System.out.println(count + " tests, " + failures + " failures");
        System.exit(failures == 0 ? 0 : 1);
    }

    private static boolean run(Class<?> type, Method method) throws ReflectiveOperationException {
        try {
            method.invoke(type.getConstructor().newInstance());
            return true;
        } catch (InvocationTargetException error) {
            System.out.println(
                    "FAILED "
                            + type.getSimpleName()
                            + "."
                            + method.getName()
                            + ": "
                            + error.getCause());
            return false;
        }
    }
}
