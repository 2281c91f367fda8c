// What the client and its resources are made of: from a call to a request, and from an answer to a value.

import { encodeBody, randomName } from "./bodies.js";
import { Credentials } from "./credentials.js";
import {
  apiError,
  CredentialsError,
  DecodeError,
  requestIdOf,
  SdkError,
} from "./errors.js";
import { send } from "./http.js";
import { parseJson } from "./json.js";
import { Pages } from "./pages.js";
import {
  cookieValue,
  fillPath,
  headerValue,
  isThere,
  queryPairs,
} from "./parameters.js";
import { Stream } from "./streams.js";
import { HookError, sendRepeatedly } from "./transport.js";

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_RETRIES = 3;
const TEST_KEY = /^[a-z]+_test_/;
const SAFE_METHODS = new Set([
  "GET",
  "HEAD",
  "PUT",
  "DELETE",
  "OPTIONS",
  "TRACE",
]);
const ACCEPTED = {
  json: "application/json",
  events: "text/event-stream",
  text: "text/*, */*;q=0.5",
};
const SECRET_HEADERS = /^(authorization|proxy-authorization|cookie)$/;

/** The answer of a call. `await` gives its data; `withResponse` gives the response, too. */
export class ApiPromise extends Promise {
  #exchange;

  static get [Symbol.species]() {
    return Promise;
  }

  static of(exchange) {
    const promise = new ApiPromise((resolve, reject) => {
      exchange.then(({ data }) => resolve(data), reject);
    });
    promise.#exchange = exchange;
    return promise;
  }

  withResponse() {
    this.catch(() => {}); // whoever awaits the result hears of the error
    return this.#exchange;
  }
}

/** The base of all resources. */
export class Resource {
  #client;

  constructor(client) {
    this.#client = client;
  }

  _call(operation, path, params, options) {
    return this.#client._call(operation, path, params, options);
  }

  _stream(operation, path, params, options) {
    return this.#client._stream(operation, path, params, options);
  }

  _pages(operation, path, params, options) {
    return this.#client._pages(operation, path, params, options);
  }
}

/** The base of the client. */
export class BaseClient {
  #settings;
  #credentials;

  constructor(options, api) {
    const given = withEnvironment(options, api);
    this.#settings = settingsOf(given, api);
    this.#credentials = new Credentials(api.schemes, given, (scheme, request) =>
      this.#fetchToken(scheme, request),
    );
  }

  /** Where requests go. */
  get baseUrl() {
    return this.#settings.baseUrl;
  }

  _call(operation, path, params, options) {
    return ApiPromise.of(this.#exchange(operation, { path, params, options }));
  }

  _stream(operation, path, params, options = {}) {
    const open = async (lastEventId) => {
      const resumed = lastEventId === undefined ? {} : { lastEventId };
      const call = { path, params, options: { ...options, ...resumed } };
      return this.#send(operation, call);
    };
    return new Stream(open, {
      format: operation.answer,
      signal: options.signal,
    });
  }

  _pages(operation, path, params, options) {
    const ask = (asked, url) =>
      this.#exchange(operation, { path, params: asked, options, url });
    return new Pages(ask, operation.pages, params);
  }

  async #exchange(operation, call) {
    const answer = await this.#send(operation, call);
    const { response, text } = answer;
    const data = decode(operation.answer, response, text);
    return { data, response, requestId: requestIdOf(response.headers) };
  }

  async #send(operation, call) {
    const options = call.options ?? {};
    const schemes = this.#credentials.choose(operation.security);
    const draft = this.#draft(operation, call);
    const limits = {
      timeoutMs: options.timeoutMs ?? this.#settings.timeoutMs,
      maxRetries: options.maxRetries ?? this.#settings.maxRetries,
      signal: options.signal,
      isStreamed: ["events", "json-lines", "binary"].includes(
        operation.answer.kind,
      ),
      mayRepeat:
        draft.canRepeat &&
        (SAFE_METHODS.has(operation.method) || draft.hasIdempotency),
    };
    const prepare = (attempt) =>
      this.#request(operation, draft, { schemes, attempt });
    let answer = await sendRepeatedly(prepare, limits);
    const isRefused = answer.response.status === 401;
    if (isRefused && answer.token !== undefined && draft.canRepeat) {
      this.#credentials.forget(answer.token);
      answer = await sendRepeatedly(prepare, limits);
    }
    return accept(answer);
  }

  /** What is the same in all attempts. */
  #draft(operation, { path = [], params = {}, options = {}, url }) {
    const settings = this.#settings;
    const headers = new Headers();
    const { kind, accept: accepted = ACCEPTED[kind] ?? "*/*" } =
      operation.answer;
    setDefault(headers, "accept", accepted);
    setDefault(headers, "user-agent", settings.userAgent);
    const { query, cookies } = place(operation, { params, options, headers });
    const { content, type, canRepeat } = encodeBody(
      operation.body ?? {},
      bodyOf(operation, params),
    );
    setDefault(headers, "content-type", type);
    const key = idempotencyKey(operation, options, settings);
    if (key !== undefined) {
      headers.set(operation.idempotency ?? "Idempotency-Key", key);
    }
    merge(headers, settings.headers);
    merge(headers, options.headers);
    if (cookies.length > 0) {
      headers.set("cookie", cookies.join("; "));
    }
    const target = url
      ? this.#nextUrl(operation, url)
      : this.#urlOf(operation, { path, query });
    return {
      target,
      headers,
      content,
      canRepeat,
      hasIdempotency: key !== undefined,
    };
  }

  #urlOf(operation, { path, query }) {
    const filled = fillPath(operation.path, operation.pathParams ?? [], path);
    const base = this.#baseOf(operation);
    const separator = filled.includes("?") ? "&" : "?";
    const search = query.length > 0 ? separator + query.join("&") : "";
    return new URL(base + filled + search);
  }

  #baseOf(operation) {
    const { baseUrl, isBaseGiven } = this.#settings;
    return operation.server === undefined || isBaseGiven
      ? baseUrl
      : withoutSlash(new URL(operation.server, `${baseUrl}/`).href);
  }

  #nextUrl(operation, url) {
    const base = `${this.#baseOf(operation)}${operation.path}`;
    const target = new URL(url, base);
    if (target.origin !== new URL(base).origin) {
      throw new SdkError("the next page is on another host, where no key goes");
    }
    return target;
  }

  async #request(operation, draft, { schemes, attempt }) {
    const { fetch, onRequest, onResponse } = this.#settings;
    const { method } = operation;
    const shown = {
      method,
      path: operation.path,
      url: draft.target.href,
      attempt,
    };
    const headers = new Headers(draft.headers);
    const url = new URL(draft.target);
    const token = await this.#credentials.apply(schemes, { headers, url });
    const secret = schemes.map((scheme) => scheme.name?.toLowerCase());
    const told = redacted(headers, secret);
    await onRequest?.({ ...shown, headers: told });
    return {
      fetch,
      url: url.href,
      method,
      headers,
      content: draft.content,
      token,
      onResponse: ({ status, headers: received }, durationMs) =>
        hooked(onResponse, {
          ...shown,
          status,
          durationMs,
          headers: received,
          requestId: requestIdOf(received),
        }),
    };
  }

  #fetchToken(scheme, { headers, content }) {
    const { baseUrl, fetch, timeoutMs, maxRetries, userAgent } = this.#settings;
    const url = new URL(scheme.tokenUrl, `${baseUrl}/`).href;
    setDefault(headers, "user-agent", userAgent);
    const request = { fetch, url, method: "POST", headers, content };
    return sendRepeatedly(() => request, {
      timeoutMs,
      maxRetries,
      mayRepeat: true,
    });
  }
}

function settingsOf(options, api) {
  const key = options.apiKey;
  if (/^sk_/.test(key ?? "") && isBrowser()) {
    throw new CredentialsError("a secret key must not be used in a browser");
  }
  const keys = api.schemes.map((scheme) => options[scheme.option]);
  const isTest = keys.some((each) => TEST_KEY.test(each ?? ""));
  const environment = options.environment ?? (isTest ? "sandbox" : "live");
  const ours =
    environment === "sandbox" ? api.sandboxUrl || api.baseUrl : api.baseUrl;
  return {
    baseUrl: withoutSlash(options.baseUrl || ours),
    isBaseGiven: Boolean(options.baseUrl) || environment === "sandbox",
    userAgent: isBrowser() ? undefined : api.userAgent,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    maxRetries: options.maxRetries ?? DEFAULT_RETRIES,
    headers: options.headers,
    fetch: options.fetch ?? send,
    onRequest: options.onRequest,
    onResponse: options.onResponse,
  };
}

/** The options, with the key of the environment if they have no credentials at all. */
function withEnvironment(options, api) {
  const names = ["clientId", "username", "accessToken"].concat(
    api.schemes.map((scheme) => scheme.option),
  );
  const isGiven = names.some((name) => isThere(options[name]));
  const isRefused = options.apiKey === null;
  const key = globalThis.process?.env?.API_KEY;
  return isGiven || isRefused || !key || isBrowser()
    ? options
    : { ...options, apiKey: key };
}

function isBrowser() {
  return typeof globalThis.document !== "undefined";
}

/** Parameters into query, headers and cookies. */
function place(operation, { params, options, headers }) {
  const query = [];
  const cookies = [];
  for (const parameter of operation.params ?? []) {
    const value = own(parameter.isOption ? options : params, parameter.key);
    if (!isThere(value)) {
      continue;
    }
    if (parameter.in === "header") {
      headers.set(
        parameter.name ?? parameter.key,
        headerValue(parameter, value),
      );
    } else if (parameter.in === "cookie") {
      cookies.push(cookieValue(parameter, value));
    } else {
      query.push(...queryPairs(parameter, value));
    }
  }
  return { query, cookies };
}

/** The body: an argument of its own, or all members of the parameters that go nowhere else. */
function bodyOf(operation, params) {
  const { body } = operation;
  if (body === undefined) {
    return undefined;
  }
  if (body.isArgument) {
    return own(params, "body");
  }
  const elsewhere = new Set(
    (operation.params ?? [])
      .filter((each) => !each.isOption)
      .map((each) => each.key),
  );
  const wires = new Map(body.names ?? []);
  const members = Object.entries({ ...params, ...body.always })
    .filter(([name, value]) => !elsewhere.has(name) && value !== undefined)
    .map(([name, value]) => [wires.get(name) ?? name, value]);
  return members.length === 0 && !body.isRequired
    ? undefined
    : Object.fromEntries(members);
}

function own(values, key) {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}

function idempotencyKey(operation, options) {
  if (isThere(options.idempotencyKey)) {
    return options.idempotencyKey;
  }
  return operation.idempotency === undefined ? undefined : randomName();
}

function accept(answer) {
  const { response, text, attempts } = answer;
  if (response.ok) {
    return answer;
  }
  let data;
  try {
    data = parseJson(text);
  } catch {
    data = undefined;
  }
  const { status, headers } = response;
  throw apiError({ status, headers, body: text, data, attempts });
}

function decode(kind, response, text) {
  if (kind.kind === "binary") {
    return response;
  }
  if (kind.kind === "text") {
    return text;
  }
  if (kind.kind !== "json" || text === "" || text === undefined) {
    return undefined;
  }
  try {
    return parseJson(text);
  } catch (cause) {
    const { status } = response;
    throw new DecodeError("the answer is not JSON", {
      status,
      body: text,
      cause,
    });
  }
}

function setDefault(headers, name, value) {
  if (value !== undefined && !headers.has(name)) {
    headers.set(name, value);
  }
}

function merge(headers, more) {
  for (const [name, value] of Object.entries(more ?? {})) {
    if (value === null) {
      headers.delete(name);
    } else if (value !== undefined) {
      headers.set(name, value);
    }
  }
}

function redacted(headers, secret) {
  const shown = [...headers].map(([name, value]) => {
    const isSecret = SECRET_HEADERS.test(name) || secret.includes(name);
    return [name, isSecret ? "[redacted]" : value];
  });
  return new Headers(shown);
}

async function hooked(hook, told) {
  try {
    await hook?.(told);
  } catch (error) {
    throw new HookError(error);
  }
}

function withoutSlash(url) {
  return url.replace(/\/+$/, "");
}
