// A server on loopback whose answers a test writes down, and which remembers what it was asked.

import { createServer } from "node:http";
import { pathToFileURL } from "node:url";

export const sdk = process.env.SDK_ROOT;
const load = (path) => import(pathToFileURL(`${sdk}/esm/${path}`).href);

export const { BaseClient } = await load("core/client.js");
export const errors = await load("core/errors.js");
export const { serverSentEvents } = await load("core/streams.js");
export const { nextLink } = await load("core/pages.js");
export const { parseJson, writeJson } = await load("core/json.js");
export const { fileFromPath } = await load("core/bodies.js");
export const { fillPath, queryPairs, headerValue } = await load("core/parameters.js");
export const { Webhooks } = await load("core/webhooks.js");

/** A server that answers with `handle(request, response)`, where `request.text` is the body. */
export async function serve(t, handle) {
  const asked = [];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    request.bytes = Buffer.concat(chunks);
    request.text = request.bytes.toString();
    asked.push(request);
    try {
      await handle(request, response, asked.length);
    } catch (error) {
      response.destroy(error);
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${server.address().port}`, asked };
}

export function json(response, value, { status = 200, headers = {} } = {}) {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(typeof value === "string" ? value : JSON.stringify(value));
}

export const SCHEMES = [
  { id: "key", kind: "bearer", option: "apiKey" },
  { id: "header", kind: "api-key", in: "header", name: "X-Key", option: "headerKey" },
  { id: "query", kind: "api-key", in: "query", name: "key", option: "queryKey" },
  { id: "cookie", kind: "api-key", in: "cookie", name: "sid", option: "cookieKey" },
  { id: "basic", kind: "basic" },
  { id: "oauth", kind: "oauth2", tokenUrl: "./oauth/token", clientAuth: "header" },
];

export function client(baseUrl, options = {}) {
  const api = {
    baseUrl: "https://live.invalid/v1",
    sandboxUrl: "https://sandbox.invalid/v1",
    userAgent: "acme-sdk-typescript/1.2.3",
    schemes: SCHEMES,
  };
  return new BaseClient({ apiKey: "sk_live_secret", baseUrl, ...options }, api);
}

export const get = { method: "GET", path: "/things", security: [["key"]], answer: { kind: "json" } };
export const post = {
  method: "POST",
  path: "/things",
  security: [["key"]],
  body: { kind: "json", type: "application/json", isRequired: true },
  answer: { kind: "json" },
};
