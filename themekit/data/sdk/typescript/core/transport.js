// One request, its redirects, its time limit, and its repetitions.

import { ConnectionError, SdkError, TimeoutError } from "./errors.js";
import { pause } from "./streams.js";

const RETRIED = new Set([408, 429, 500, 502, 503, 504]);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const MAX_REDIRECTS = 5;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 8000;
const MAX_RETRY_AFTER_MS = 60_000;

/**
 * Send until there is an answer that is worth keeping.
 *
 * `prepare` makes the request of each attempt, `observe` is told of each answer and may ask for another attempt.
 */
export async function sendRepeatedly(prepare, limits) {
  const { maxRetries, mayRepeat, signal } = limits;
  for (let attempt = 1; ; attempt += 1) {
    const isLast = !mayRepeat || attempt > maxRetries;
    const request = await prepare(attempt);
    let answer;
    try {
      answer = await sendOnce(request, limits);
    } catch (error) {
      if (!(error instanceof ConnectionError)) {
        throw error;
      }
      error.attempts = attempt;
      if (isLast) {
        throw error;
      }
      await pause(pauseMs(attempt), signal);
      continue;
    }
    if (isLast || !isWorthARetry(answer.response)) {
      return { ...answer, attempts: attempt, token: request.token };
    }
    await pause(pauseMs(attempt, answer.response.headers), signal);
  }
}

/** One attempt. The text of the answer is read within the time limit, unless it is a stream. */
async function sendOnce(request, { timeoutMs, signal, isStreamed }) {
  signal?.throwIfAborted();
  const controller = new AbortController();
  let isLate = false;
  const stop = () => controller.abort(signal.reason);
  signal?.addEventListener("abort", stop, { once: true });
  const timer = setTimeout(() => {
    isLate = true;
    controller.abort();
  }, timeoutMs);
  const abort = () => {
    signal?.removeEventListener("abort", stop);
    controller.abort();
  };
  const startedAt = Date.now();
  let isKept = false;
  try {
    const response = await follow(request, controller.signal);
    isKept = isStreamed && response.ok;
    const text = isKept ? undefined : await response.text();
    await request.onResponse?.(response, Date.now() - startedAt);
    return { response, text, abort };
  } catch (error) {
    signal?.throwIfAborted();
    if (isLate) {
      throw new TimeoutError(`no answer within ${timeoutMs} ms`);
    }
    if (error instanceof SdkError || error instanceof HookError) {
      throw error.hooked ?? error;
    }
    throw new ConnectionError("the API cannot be reached", { cause: error });
  } finally {
    clearTimeout(timer);
    if (!isKept) {
      signal?.removeEventListener("abort", stop);
    }
  }
}

/** An error of somebody's hook, which is not one of the connection. */
export class HookError extends Error {
  constructor(hooked) {
    super("a hook failed");
    this.hooked = hooked;
  }
}

/** Follow redirects as browsers do, but carry credentials to no other origin. */
async function follow(request, signal) {
  let { url, method, headers, content } = request;
  for (let hops = 0; ; hops += 1) {
    const isStream = typeof content?.getReader === "function";
    const response = await request.fetch(url, {
      method,
      headers,
      signal,
      redirect: "manual",
      ...(content === undefined ? {} : { body: content }),
      ...(isStream ? { duplex: "half" } : {}),
    });
    if (response.type === "opaqueredirect") {
      throw new SdkError("the API redirects, which a browser does not show");
    }
    const location = response.headers.get("location");
    if (!REDIRECTS.has(response.status) || location === null) {
      return response;
    }
    await response.body?.cancel();
    if (hops >= MAX_REDIRECTS) {
      throw new SdkError("the API redirects too often");
    }
    const isPost = response.status <= 302 && method === "POST";
    if (isPost || (response.status === 303 && method !== "HEAD")) {
      method = "GET";
      content = undefined;
      headers = only(headers, ["accept", "user-agent"], {
        others: (name) => !name.startsWith("content-"),
      });
    } else if (isStream) {
      throw new SdkError("the API redirects an upload that cannot be repeated");
    }
    const target = new URL(location, url);
    if (target.protocol !== "https:" && target.protocol !== "http:") {
      throw new SdkError("the API redirects to something that is not HTTP");
    }
    if (target.origin !== new URL(url).origin) {
      headers = only(headers, ["accept", "content-type", "user-agent"]);
    }
    url = target.href;
  }
}

function only(headers, names, { others = () => false } = {}) {
  return new Headers(
    [...headers].filter(([name]) => names.includes(name) || others(name)),
  );
}

function isWorthARetry(response) {
  // A conflict that says when to come back is a request that is still being worked on.
  return (
    RETRIED.has(response.status) ||
    (response.status === 409 && response.headers.has("retry-after"))
  );
}

function pauseMs(attempt, headers) {
  const asked = retryAfterMs(headers?.get("retry-after"));
  if (asked !== undefined) {
    return Math.min(Math.max(asked, 0), MAX_RETRY_AFTER_MS);
  }
  const full = Math.min(FIRST_PAUSE_MS * 2 ** (attempt - 1), MAX_PAUSE_MS);
  return full * (0.75 + Math.random() / 4);
}

function retryAfterMs(value) {
  if (!value) {
    return undefined;
  }
  if (/^\s*\d+(\.\d+)?\s*$/.test(value)) {
    return Number(value) * 1000;
  }
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - Date.now();
}
