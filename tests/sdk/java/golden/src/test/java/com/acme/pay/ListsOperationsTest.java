package com.acme.pay;

/** Each operation of a group, with example values. */
@SuppressWarnings("deprecation")
public final class ListsOperationsTest {
    private final AcmePay client = TestClients.client();

    public void testCursor() {
        Checks.readable(client.lists().cursor().data());
        Checks.isTrue(client.lists().iterateCursor().stream().count() > 0, "there are items");
    }

    public void testOffset() {
        Checks.readable(client.lists().offset().data());
        Checks.isTrue(client.lists().iterateOffset().stream().count() > 0, "there are items");
    }
}
