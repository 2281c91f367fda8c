package @@java-package@@;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads deliveries that are signed as {@code t=...,v1=...}: HMAC-SHA256 over the time, a full stop
 * and the raw body.
 */
public final class Webhooks {
    private static final long TOLERANCE_S = Duration.ofMinutes(5).getSeconds();

    Webhooks() {}

    /**
     * The delivery, if its signature is right.
     *
     * @param body the raw bytes
     * @param signature the header of the signature
     * @param secret of the endpoint
     * @return plain JSON, as {@link Json} reads it
     * @throws WebhookVerificationException if it is not
     */
    public Object verify(byte[] body, String signature, String secret)
            throws WebhookVerificationException {
        return verify(body, signature, List.of(secret));
    }

    /**
     * The delivery, if its signature is right by one of several secrets.
     *
     * @param body the raw bytes
     * @param signature the header of the signature
     * @param secrets the new one and the old one, while they are rotated
     * @return plain JSON, as {@link Json} reads it
     * @throws WebhookVerificationException if it is not
     */
    public Object verify(byte[] body, String signature, List<String> secrets)
            throws WebhookVerificationException {
        String time = "";
        for (String part : signature.split(",")) {
            time = part.trim().startsWith("t=") ? part.trim().substring(2) : time;
        }
        if (!time.matches("[0-9]{1,12}")) {
            throw new WebhookVerificationException("the signature has no time");
        }
        long age = System.currentTimeMillis() / 1000 - Long.parseLong(time);
        if (Math.abs(age) > TOLERANCE_S) {
            throw new WebhookVerificationException("the signature is too old, or a clock is wrong");
        }
        for (String secret : secrets) {
            byte[] expected = hex(hmac(secret, time + ".", body));
            for (String part : signature.split(",")) {
                String text = part.trim();
                byte[] found =
                        text.substring(Math.min(3, text.length())).getBytes(StandardCharsets.UTF_8);
                if (text.startsWith("v1=") && MessageDigest.isEqual(expected, found)) {
                    return Json.parse(new String(body, StandardCharsets.UTF_8));
                }
            }
        }
        throw new WebhookVerificationException("the signature is wrong");
    }

    private static byte[] hmac(String secret, String start, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(start.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException error) {
            throw new IllegalStateException(error);
        }
    }

    private static byte[] hex(byte[] digest) {
        StringBuilder text = new StringBuilder();
        for (byte each : digest) {
            text.append(String.format("%02x", each & 0xff));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
