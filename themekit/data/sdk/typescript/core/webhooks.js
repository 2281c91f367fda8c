// Webhook signatures: HMAC-SHA256 over time and body, `t=…,v1=…` in a header.

import { WebhookVerificationError } from "./errors.js";
import { parseJson } from "./json.js";

const TOLERANCE_S = 300;

/** Checks that webhooks are genuine. */
export class Webhooks {
  /** The event of a webhook, if one of the secrets has signed it and it is not old. */
  async verify(body, signature, secret, { toleranceS = TOLERANCE_S } = {}) {
    const encoder = new TextEncoder();
    const bytes = typeof body === "string" ? encoder.encode(body) : body;
    const { time, signatures } = read(signature);
    if (Math.abs(Date.now() / 1000 - Number(time)) > toleranceS) {
      throw new WebhookVerificationError("its time is too far from now");
    }
    const crypto = await webCrypto();
    const signed = concatenated(encoder.encode(`${time}.`), bytes);
    for (const each of [secret].flat().filter(Boolean)) {
      const key = await crypto.subtle.importKey(
        "raw",
        encoder.encode(each),
        { name: "HMAC", hash: "SHA-256" },
        false,
        ["verify"],
      );
      for (const given of signatures) {
        if (await crypto.subtle.verify("HMAC", key, given, signed)) {
          return parseJson(new TextDecoder().decode(bytes));
        }
      }
    }
    throw new WebhookVerificationError("no signature fits");
  }
}

async function webCrypto() {
  const name = "node:crypto"; // for Node.js 18; named so that bundlers for browsers leave it alone
  return globalThis.crypto ?? (await import(/* @vite-ignore */ name)).webcrypto;
}

function read(signature) {
  const parts = (signature ?? "")
    .split(",")
    .map((part) => part.trim().split("="));
  const time = parts.find(([name]) => name === "t")?.[1] ?? "";
  if (!/^\d+$/.test(time)) {
    throw new WebhookVerificationError("its signature has no time");
  }
  const signatures = parts
    .filter(([name, value]) => name === "v1" && /^([0-9a-f]{2})+$/i.test(value))
    .map(([, value]) =>
      Uint8Array.from(value.match(/../g), (pair) => parseInt(pair, 16)),
    );
  return { time, signatures };
}

function concatenated(first, second) {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}
