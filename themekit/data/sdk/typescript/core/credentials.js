// What a client proves itself with, and how it is put into a request. Nothing here is ever part of a message.

import { apiError, CredentialsError, SdkError } from "./errors.js";
import { parseJson } from "./json.js";

const RENEW_BEFORE_MS = 30_000;

export class Credentials {
  #schemes;
  #values;
  #fetchToken;
  #token;
  #pending;

  constructor(schemes, values, fetchToken) {
    this.#schemes = new Map(schemes.map((scheme) => [scheme.id, scheme]));
    this.#values = values;
    this.#fetchToken = fetchToken;
  }

  /** The schemes to use: the first alternative that this client has everything for. */
  choose(alternatives) {
    if (alternatives === undefined || alternatives.length === 0) {
      return [];
    }
    const found =
      alternatives.find(
        (ids) => ids.length > 0 && ids.every((id) => this.#isGiven(id)),
      ) ?? alternatives.find((ids) => ids.length === 0);
    if (found === undefined) {
      const options = alternatives.map((ids) => this.#optionsOf(ids));
      throw new CredentialsError(
        `the client has no credentials for this call: give ${options.join(", or ")}`,
      );
    }
    return found.map((id) => this.#schemes.get(id));
  }

  /** Put what the schemes ask for into a request. The token that was used, if there is one, is returned. */
  async apply(schemes, { headers, url }) {
    let token;
    const cookies = [];
    for (const scheme of schemes) {
      const value = this.#values[scheme.option];
      if (scheme.kind === "bearer") {
        headers.set("authorization", `Bearer ${value}`);
      } else if (scheme.kind === "http") {
        headers.set("authorization", `${scheme.scheme} ${value}`);
      } else if (scheme.kind === "basic") {
        const { username, password = "" } = this.#values;
        headers.set("authorization", basic(username, password));
      } else if (scheme.kind === "oauth2") {
        const own = this.#values.accessToken;
        token = isText(own) ? undefined : await this.#currentToken(scheme);
        headers.set("authorization", `Bearer ${token ?? own}`);
      } else if (scheme.kind === "api-key") {
        if (scheme.in === "header") {
          headers.set(scheme.name, value);
        } else if (scheme.in === "query") {
          url.searchParams.set(scheme.name, value);
        } else {
          cookies.push(`${scheme.name}=${encodeURIComponent(value)}`);
        }
      }
    }
    if (cookies.length > 0) {
      const before = headers.get("cookie");
      headers.set("cookie", [before, ...cookies].filter(Boolean).join("; "));
    }
    return token;
  }

  /** A token was refused: fetch another at the next call, unless somebody did already. */
  forget(token) {
    if (this.#token?.value === token) {
      this.#token = undefined;
    }
  }

  #isGiven(id) {
    const scheme = this.#schemes.get(id);
    switch (scheme?.kind) {
      case undefined:
        return false;
      case "tls":
        return true;
      case "oauth2":
        return (
          isText(this.#values.accessToken) ||
          (isText(this.#values.clientId) && isText(this.#values.clientSecret))
        );
      case "basic":
        return isText(this.#values.username);
      default:
        return isText(this.#values[scheme.option]);
    }
  }

  #optionsOf(ids) {
    const names = ids.map((id) => {
      const scheme = this.#schemes.get(id);
      const named = { oauth2: "clientId and clientSecret", basic: "username" };
      return named[scheme?.kind] ?? scheme?.option ?? "credentials";
    });
    return names.join(" and ");
  }

  async #currentToken(scheme) {
    if (this.#token && this.#token.renewAt > Date.now()) {
      return this.#token.value;
    }
    this.#pending ??= this.#newToken(scheme).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #newToken(scheme) {
    const { clientId, clientSecret, scopes } = this.#values;
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const headers = new Headers({
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    });
    if (scheme.clientAuth === "body") {
      form.set("client_id", clientId);
      form.set("client_secret", clientSecret);
    } else {
      const pair = [clientId, clientSecret].map(encodeURIComponent);
      headers.set("authorization", basic(...pair));
    }
    if (scopes?.length > 0) {
      form.set("scope", scopes.join(" "));
    }
    const answer = await this.#fetchToken(scheme, {
      headers,
      content: form.toString(),
    });
    this.#token = readToken(answer);
    return this.#token.value;
  }
}

function readToken({ response, text, attempts }) {
  let data;
  try {
    data = parseJson(text);
  } catch {
    data = undefined;
  }
  if (!response.ok) {
    const { status, headers } = response;
    throw apiError({ status, headers, body: text, data, attempts });
  }
  if (!isText(data?.access_token)) {
    throw new SdkError("the token endpoint answered without a token");
  }
  const seconds = Number(data.expires_in ?? Infinity);
  const lifeMs = Number.isFinite(seconds) ? seconds * 1000 : Infinity;
  const marginMs = Math.min(RENEW_BEFORE_MS, lifeMs / 2);
  return {
    value: data.access_token,
    renewAt: Date.now() + lifeMs - (lifeMs === Infinity ? 0 : marginMs),
  };
}

function basic(username, password) {
  const bytes = new TextEncoder().encode(`${username}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function isText(value) {
  return typeof value === "string" && value !== "";
}
