package com.acme.pay;

/** Each operation of a group, with example values. */
@SuppressWarnings("deprecation")
public final class AuthOperationsTest {
    private final AcmePay client = TestClients.client();

    public void testWithOauth() {
        Checks.readable(client.auth().withOauth());
    }

    public void testWithBoth() {
        Checks.readable(client.auth().withBoth());
    }

    public void testSendForm() {
        AuthSendFormParams params = AuthSendFormParams.builder().name("text").build();
        Checks.readable(client.auth().sendForm(params));
    }
}
