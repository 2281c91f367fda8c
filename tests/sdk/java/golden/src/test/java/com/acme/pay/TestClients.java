package com.acme.pay;

import java.net.URI;
import java.util.function.Consumer;

/** Clients of the address that the environment says. */
final class TestClients {
    private TestClients() {}

    static AcmePay client() {
        return builder()
                .apiKey("test_apikey")
                .username("test_username")
                .password("test_password")
                .queryKey("test_querykey")
                .clientCredentials("test_client", "test_secret")
                .build();
    }

    static AcmePay bare() {
        return builder().build();
    }

    static AcmePay wrong() {
        return builder()
                .apiKey("invalid_apikey")
                .username("invalid_username")
                .password("invalid_password")
                .queryKey("invalid_querykey")
                .clientCredentials("invalid_client", "invalid_secret")
                .build();
    }

    static AcmePay counting(Consumer<ApiResponse> hook) {
        return builder()
                .apiKey("test_apikey")
                .username("test_username")
                .password("test_password")
                .queryKey("test_querykey")
                .clientCredentials("test_client", "test_secret")
                .afterResponse(hook)
                .build();
    }

    static AcmePay.Builder builder() {
        return AcmePay.builder().baseUrl(URI.create(System.getenv("API_BASE_URL")));
    }
}
