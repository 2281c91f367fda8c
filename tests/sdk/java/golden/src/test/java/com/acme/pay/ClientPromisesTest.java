package com.acme.pay;

/** What the client does for every operation, tried on one of them. */
@SuppressWarnings("deprecation")
public final class ClientPromisesTest {
    private int answers;

    public void testMissingCredentials() {
        AcmePay client = TestClients.bare();
        ThingCreateParams params = ThingCreateParams.builder().name("Ada").build();
        Checks.fails(MissingCredentialsException.class, () -> client.things().create(params));
    }

    public void testWrongCredentials() {
        AcmePay client = TestClients.wrong();
        ThingCreateParams params = ThingCreateParams.builder().name("Ada").build();
        AuthenticationException error =
                Checks.fails(AuthenticationException.class, () -> client.things().create(params));
        Checks.equal(401, error.status());
        Checks.isTrue(!error.toString().contains("invalid_"), "no secret is in the text");
    }

    public void testTooManyRequests() {
        AcmePay client = TestClients.counting(response -> answers++);
        client.things().retrieve("text", Checks.twice(429));
        Checks.equal(3, answers);
    }

    public void testNotFound() {
        AcmePay client = TestClients.client();
        NotFoundException error =
                Checks.fails(
                        NotFoundException.class,
                        () -> client.things().retrieve("text",
                        Checks.forced(404)));
        Checks.equal(404, error.status());
    }

    public void testPages() {
        AcmePay client = TestClients.client();
        long count =
                client
                        .lists()
                        .iterateCursor(ListCursorParams.builder().limit(3).build())
                        .stream()
                        .count();
        Checks.equal(7L, count);
    }
}
