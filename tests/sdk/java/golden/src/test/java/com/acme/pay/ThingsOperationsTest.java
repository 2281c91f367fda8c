package com.acme.pay;

/** Each operation of a group, with example values. */
@SuppressWarnings("deprecation")
public final class ThingsOperationsTest {
    private final AcmePay client = TestClients.client();

    public void testCreate() {
        ThingCreateParams params = ThingCreateParams.builder().name("Ada").build();
        Checks.readable(client.things().create(params));
    }

    public void testRetrieve() {
        Checks.readable(client.things().retrieve("text"));
    }

    public void testUpdate() {
        ThingUpdateParams params = ThingUpdateParams.builder().name("Ada").build();
        Checks.readable(client.things().update("text", params));
    }

    public void testDelete() {
        client.things().delete("text");
    }

    public void testStreamEvents() {
        int count = 0;
        try (EventStream<Shape> stream = client.things().streamEvents()) {
            for (Shape event : stream) {
                Checks.readable(event);
                count++;
            }
        }
        Checks.isTrue(count > 0, "there are some");
    }

    public void testStreamLines() {
        int count = 0;
        try (EventStream<Thing> stream = client.things().streamLines()) {
            for (Thing event : stream) {
                Checks.readable(event);
                count++;
            }
        }
        Checks.isTrue(count > 0, "there are some");
    }
}
