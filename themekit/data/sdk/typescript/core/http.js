// Requests that `fetch` refuses: TRACE, and a body with GET or HEAD. Node.js sends them by its own HTTP client.

import { SdkError } from "./errors.js";

const EMPTY = new Set([204, 205, 304]);

/** As `fetch`, but for what that refuses. Browsers have no other way, so there it is an error. */
export function send(url, init) {
  const isRefused =
    init.method === "TRACE" ||
    (init.body !== undefined && /^(GET|HEAD)$/.test(init.method));
  return isRefused ? sendByNode(url, init) : globalThis.fetch(url, init);
}

async function sendByNode(url, { method, headers, body, signal }) {
  const builtin = globalThis.process?.getBuiltinModule;
  if (builtin === undefined) {
    const what = method === "TRACE" ? "TRACE" : `${method} with a body`;
    throw new SdkError(`${what} cannot be sent here: it needs Node.js 20.16`);
  }
  const { request } = builtin(url.startsWith("https:") ? "https" : "http");
  const { Readable } = builtin("stream");
  const content =
    body === undefined
      ? undefined
      : new Uint8Array(await new Response(body).arrayBuffer());
  const sent = { method, headers: Object.fromEntries(headers), signal };
  if (content !== undefined) {
    sent.headers["content-length"] = String(content.byteLength);
  }
  return new Promise((resolve, reject) => {
    const receive = (message) => {
      const { statusCode: status, statusMessage: statusText } = message;
      const received = new Headers();
      for (let at = 0; at < message.rawHeaders.length; at += 2) {
        received.append(message.rawHeaders[at], message.rawHeaders[at + 1]);
      }
      const isEmpty = EMPTY.has(status) || method === "HEAD";
      const stream = isEmpty ? null : Readable.toWeb(message);
      if (isEmpty) {
        message.resume();
      }
      resolve(new Response(stream, { status, statusText, headers: received }));
    };
    request(url, sent, receive).on("error", reject).end(content);
  });
}
