package com.acme.pay;

/** Each operation of a group, with example values. */
@SuppressWarnings("deprecation")
public final class ListsOperationsTest {
    private final AcmePay client = TestClients.client();

    public void testCursor() {
        Checks.readable(client.lists().cursor().data());
        long count = client.lists().iterateCursor().stream().count();
        Checks.isTrue(count > 0, "there are some");
    }

    public void testOffset() {
        Checks.readable(client.lists().offset().data());
        long count = client.lists().iterateOffset().stream().count();
        Checks.isTrue(count > 0, "there are some");
    }
}
