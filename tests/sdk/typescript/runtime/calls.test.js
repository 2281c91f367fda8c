import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import { client, errors, get, json, post, serve } from "./server.js";

const { ApiError, ConnectionError, CredentialsError, RateLimitError, SdkError, TimeoutError } = errors;
const again = { headers: { "retry-after": "0" } };

async function failure(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("the call did not fail");
}

test("a call sends its body, credentials and name, and gives the answer's value", async (t) => {
  const { url, asked } = await serve(t, (_, response) =>
    json(response, { id: 1 }, { headers: { "request-id": "r1" } }),
  );
  const call = client(url)._call(post, [], { b: 2, a: "ü", skipped: undefined, none: null });
  const { data, response, requestId } = await call.withResponse();
  assert.deepEqual([data, response.status, requestId], [{ id: 1 }, 200, "r1"]);
  const [request] = asked;
  assert.equal(request.text, '{"b":2,"a":"ü","none":null}');
  assert.equal(request.headers.authorization, "Bearer sk_live_secret");
  assert.equal(request.headers["user-agent"], "acme-sdk-typescript/1.2.3");
  assert.equal(request.headers["content-type"], "application/json");
  assert.equal(request.headers["idempotency-key"], undefined);
});

test("what fetch refuses is sent by Node's own client, with redirects, limits and errors as ever", async (t) => {
  const { url, asked } = await serve(t, (request, response) => {
    if (request.url === "/slow") return;
    if (request.url === "/moved") response.writeHead(307, { location: "/things" }).end();
    else json(response, { id: 1 }, { status: request.method === "TRACE" ? 404 : 200 });
  });
  const withBody = { ...post, method: "GET" };
  assert.deepEqual(await client(url)._call(withBody, [], { b: "ü" }), { id: 1 });
  assert.deepEqual([asked[0].method, asked[0].text, asked[0].headers["content-length"]], ["GET", '{"b":"ü"}', "10"]);
  assert.deepEqual(await client(url)._call({ ...withBody, path: "/moved" }, [], { b: 1 }), { id: 1 });
  assert.equal(asked[2].text, '{"b":1}');
  const traced = await failure(client(url)._call({ ...get, method: "TRACE" }));
  assert.ok(traced instanceof errors.NotFoundError);
  const once = { timeoutMs: 200, maxRetries: 0 };
  const slow = await failure(client(url)._call({ ...withBody, path: "/slow" }, [], { b: 1 }, once));
  assert.ok(slow instanceof TimeoutError);
  const closed = await failure(client("http://127.0.0.1:9", { maxRetries: 0 })._call(withBody, [], { b: 1 }));
  assert.ok(closed instanceof ConnectionError);
});

test("where there is no other client, what fetch refuses is an error that says so", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const { getBuiltinModule } = process;
  t.after(() => Object.assign(process, { getBuiltinModule }));
  process.getBuiltinModule = undefined;
  for (const [method, what] of [["GET", /GET with a body cannot be sent here/], ["TRACE", /TRACE cannot be sent/]]) {
    const error = await failure(client(url)._call({ ...post, method }, [], { b: 1 }));
    assert.ok(error instanceof SdkError);
    assert.match(error.message, what);
  }
  assert.equal(asked.length, 0);
});

test("each kind of credentials goes where its scheme says", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const options = { apiKey: null, headerKey: "h", queryKey: "q&", cookieKey: "c;", username: "ada", password: "p:ö" };
  for (const id of ["header", "query", "cookie", "basic"]) {
    await client(url, options)._call({ ...get, security: [[id]] });
  }
  await client(url, options)._call({ ...get, security: [["header", "query"]] });
  assert.equal(asked[0].headers["x-key"], "h");
  assert.equal(asked[1].url, "/things?key=q%26");
  assert.equal(asked[2].headers.cookie, "sid=c%3B");
  assert.equal(asked[3].headers.authorization, `Basic ${Buffer.from("ada:p:ö").toString("base64")}`);
  assert.deepEqual([asked[4].headers["x-key"], asked[4].url], ["h", "/things?key=q%26"]);
});

test("the first alternative with all credentials is taken, none only if there is no other", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const one = client(url, { apiKey: null, headerKey: "h" });
  await one._call({ ...get, security: [["key", "header"], [], ["header"]] });
  await one._call({ ...get, security: [["key"], []] });
  await one._call({ ...get, security: undefined });
  assert.deepEqual(
    asked.map((each) => each.headers["x-key"]),
    ["h", undefined, undefined],
  );
  const error = await failure(one._call({ ...get, security: [["key"], ["oauth"]] }));
  assert.ok(error instanceof CredentialsError);
  assert.match(error.message, /apiKey, or clientId and clientSecret/);
  assert.equal(asked.length, 3);
});

test("the key of the environment is taken if there are no other credentials", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  process.env.API_KEY = "from_environment";
  t.after(() => delete process.env.API_KEY);
  await client(url, { apiKey: undefined })._call(get);
  const other = client(url, { apiKey: undefined, headerKey: "h" });
  assert.ok((await failure(other._call(get))) instanceof CredentialsError);
  assert.ok((await failure(client(url, { apiKey: null })._call(get))) instanceof CredentialsError);
  assert.equal(asked[0].headers.authorization, "Bearer from_environment");
  assert.equal(asked.length, 1);
});

test("a test key chooses the sandbox, and an environment wins over it", () => {
  assert.equal(client(undefined, { apiKey: "sk_test_1" }).baseUrl, "https://sandbox.invalid/v1");
  assert.equal(client(undefined, { apiKey: "sk_live_1" }).baseUrl, "https://live.invalid/v1");
  assert.equal(client(undefined, { environment: "sandbox" }).baseUrl, "https://sandbox.invalid/v1");
  assert.equal(client("http://stub/v1/", {}).baseUrl, "http://stub/v1");
});

test("a secret key is refused in a browser", (t) => {
  globalThis.document = {};
  t.after(() => delete globalThis.document);
  assert.throws(() => client("http://stub"), CredentialsError);
});

test("a token is fetched once for calls at the same time, kept, and renewed after 401", async (t) => {
  let tokens = 0;
  let refused = "";
  const { url, asked } = await serve(t, async (request, response) => {
    if (request.url === "/oauth/token") {
      tokens += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      return json(response, { access_token: `t${tokens}`, expires_in: 3600 });
    }
    const isOld = request.headers.authorization === refused;
    return json(response, {}, { status: isOld ? 401 : 200 });
  });
  const one = client(url, { apiKey: null, clientId: "id", clientSecret: "s p", scopes: ["a", "b"] });
  const call = () => one._call({ ...get, security: [["oauth"]] });
  await Promise.all([call(), call(), call()]);
  assert.equal(tokens, 1);
  const [first] = asked;
  assert.equal(first.text, "grant_type=client_credentials&scope=a+b");
  assert.equal(first.headers.authorization, `Basic ${Buffer.from("id:s%20p").toString("base64")}`);
  refused = "Bearer t1";
  await Promise.all([call(), call()]);
  assert.equal(tokens, 2);
  refused = "Bearer t2";
  await call();
  assert.equal(tokens, 3);
});

test("a token that ends is renewed before, and one that is refused twice is an error", async (t) => {
  let tokens = 0;
  const { url } = await serve(t, (request, response) => {
    if (request.url === "/oauth/token") {
      tokens += 1;
      return json(response, { access_token: `t${tokens}`, expires_in: 0 });
    }
    return json(response, {}, { status: 401 });
  });
  const one = client(url, { apiKey: null, clientId: "id", clientSecret: "s" });
  const call = () => one._call({ ...get, security: [["oauth"]] });
  assert.equal((await failure(call())).status, 401);
  assert.equal(tokens, 2);
  assert.equal((await failure(call())).status, 401);
  assert.equal(tokens, 4);
});

test("a token that is refused is an API error without the secret", async (t) => {
  const { url } = await serve(t, (_, response) =>
    json(response, { error: "invalid_client", error_description: "no such client" }, { status: 401 }),
  );
  const one = client(url, { apiKey: null, clientId: "id", clientSecret: "hidden" });
  const error = await failure(one._call({ ...get, security: [["oauth"]] }));
  assert.ok(error instanceof errors.AuthenticationError);
  assert.match(error.message, /no such client/);
  assert.doesNotMatch(inspect(error, { depth: 9 }), /hidden/);
});

test("what fails for a time is repeated, with the same idempotency key", async (t) => {
  const { url, asked } = await serve(t, (_, response, count) =>
    json(response, {}, { status: [503, 429, 201][count - 1], ...again }),
  );
  await client(url)._call({ ...post, idempotency: "Idempotency-Key" }, [], {});
  const keys = asked.map((each) => each.headers["idempotency-key"]);
  assert.equal(keys.length, 3);
  assert.match(keys[0], /^[0-9a-f-]{36}$/);
  assert.equal(new Set(keys).size, 1);
});

test("a call that may not be repeated is not, and an own key makes it repeatable", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}, { status: 500, ...again }));
  const one = client(url, { maxRetries: 1 });
  assert.ok((await failure(one._call(post, [], {}))) instanceof errors.ServerError);
  assert.equal(asked.length, 1);
  const error = await failure(one._call(post, [], {}, { idempotencyKey: "mine" }));
  assert.deepEqual([asked.length, error.attempts], [3, 2]);
  assert.equal(asked[2].headers["idempotency-key"], "mine");
  await failure(one._call({ ...get, method: "PATCH" }));
  assert.equal(asked.length, 4);
  await failure(one._call(get, [], {}, { maxRetries: 0 }));
  assert.equal(asked.length, 5);
});

test("Retry-After wins over pauses, as seconds and as a date", async (t) => {
  const dates = ["1", new Date(Date.now() + 1000).toUTCString()];
  for (const value of dates) {
    const { url } = await serve(t, (_, response, count) =>
      json(response, {}, { status: count === 1 ? 429 : 200, headers: { "retry-after": value } }),
    );
    const start = Date.now();
    await client(url)._call(get);
    const passed = Date.now() - start;
    assert.ok(passed < 2000, `waited ${passed} ms`);
    assert.ok(value === "1" ? passed >= 990 : passed < 1500, `waited ${passed} ms`);
  }
});

test("without Retry-After the first pause is about half a second", async (t) => {
  const { url } = await serve(t, (_, response, count) => json(response, {}, { status: count === 1 ? 502 : 200 }));
  const start = Date.now();
  await client(url)._call(get);
  const passed = Date.now() - start;
  assert.ok(passed >= 370 && passed < 900, `waited ${passed} ms`);
});

test("a conflict with Retry-After is repeated, another is not", async (t) => {
  const { url, asked } = await serve(t, (request, response, count) =>
    json(response, {}, { status: count === 2 ? 200 : 409, ...(count === 1 ? again : {}) }),
  );
  await client(url)._call(get);
  assert.ok((await failure(client(url)._call(get))) instanceof errors.ConflictError);
  assert.equal(asked.length, 3);
});

test("a broken connection is repeated, then an error with its attempts and cause", async (t) => {
  const { url, asked } = await serve(t, (_, response, count) =>
    count === 1 ? response.destroy() : json(response, {}),
  );
  await client(url)._call(get);
  assert.equal(asked.length, 2);
  const error = await failure(client("http://127.0.0.1:1", { maxRetries: 1 })._call(get));
  assert.ok(error instanceof ConnectionError);
  assert.ok(!(error instanceof ApiError));
  assert.equal(error.attempts, 2);
  assert.ok(error.cause instanceof Error);
});

test("an answer that breaks off is a broken connection", async (t) => {
  const { url } = await serve(t, (_, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("{");
    setTimeout(() => response.destroy(), 20);
  });
  assert.ok((await failure(client(url, { maxRetries: 0 })._call(get))) instanceof ConnectionError);
});

test("an answer that takes too long is a time-out, slow bodies included", async (t) => {
  const { url } = await serve(t, (request, response) => {
    if (request.url === "/slow") {
      response.writeHead(200);
      response.write(" ");
    }
  });
  for (const path of ["/things", "/slow"]) {
    const call = client(url)._call({ ...get, path }, [], {}, { timeoutMs: 60, maxRetries: 0 });
    assert.ok((await failure(call)) instanceof TimeoutError);
  }
});

test("a signal ends the call, its pauses and its retries", async (t) => {
  const { url, asked } = await serve(t, (request, response) => {
    if (request.url !== "/hang") {
      json(response, {}, { status: 503, headers: { "retry-after": "30" } });
    }
  });
  for (const path of ["/things", "/hang"]) {
    const start = Date.now();
    const call = client(url)._call({ ...get, path }, [], {}, { signal: AbortSignal.timeout(80) });
    const error = await failure(call);
    assert.equal(error.name, "TimeoutError");
    assert.ok(!(error instanceof SdkError));
    assert.ok(Date.now() - start < 1000);
  }
  const stopped = AbortSignal.abort(new Error("mine"));
  assert.equal((await failure(client(url)._call(get, [], {}, { signal: stopped }))).message, "mine");
  assert.equal(asked.length, 2);
});

test("errors have a class by status, the answer, and the members of a problem", async (t) => {
  const names = {
    400: "BadRequestError",
    401: "AuthenticationError",
    402: "ApiError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    422: "UnprocessableError",
    429: "RateLimitError",
    500: "ServerError",
  };
  const problem = {
    code: "x",
    param: null,
    detail: "why",
    status: 1,
    name: "n",
    stack: "s",
    constructor: 1,
    __proto__: 5,
  };
  const { url } = await serve(t, (request, response) =>
    json(response, problem, { status: Number(request.url.slice(1)), headers: { "x-request-id": "r9" } }),
  );
  for (const [status, name] of Object.entries(names)) {
    const error = await failure(client(url, { maxRetries: 0 })._call({ ...get, path: `/${status}` }));
    assert.deepEqual([error.constructor.name, error.name, error.status], [name, name, Number(status)]);
    assert.ok(error instanceof ApiError && error instanceof SdkError);
    assert.deepEqual([error.code, error.param, error.requestId], ["x", null, "r9"]);
    assert.equal(error.message, `the API answered ${status}: why`);
    assert.equal(error.body, JSON.stringify(problem));
    assert.equal(error.headers.get("content-type"), "application/json");
  }
  assert.ok(RateLimitError.prototype instanceof ApiError);
});

test("an error that is no JSON keeps its text, and an answer that is none is an error", async (t) => {
  const { url } = await serve(t, (request, response) => {
    response.writeHead(request.url === "/broken" ? 200 : 400);
    response.end("<html>");
  });
  const error = await failure(client(url)._call(get));
  assert.deepEqual([error.body, error.data], ["<html>", undefined]);
  const broken = await failure(client(url)._call({ ...get, path: "/broken" }));
  assert.ok(broken instanceof errors.DecodeError);
  assert.equal(broken.body, "<html>");
});

test("no secret is in what errors and clients show", async (t) => {
  const { url } = await serve(t, (_, response) => json(response, {}, { status: 400 }));
  const one = client(url, { clientSecret: "sk_live_secret" });
  const error = await failure(one._call(get));
  for (const each of [error, one, one._call]) {
    assert.doesNotMatch(inspect(each, { depth: 9, showHidden: true }), /sk_live_secret/);
    assert.doesNotMatch(JSON.stringify(each) ?? "", /sk_live_secret/);
  }
});

test("a result that nobody awaits twice raises its error once", async (t) => {
  const { url } = await serve(t, (_, response) => json(response, {}, { status: 400 }));
  const unhandled = [];
  const listen = (reason) => unhandled.push(reason);
  process.on("unhandledRejection", listen);
  t.after(() => process.off("unhandledRejection", listen));
  await failure(client(url)._call(get).withResponse());
  await failure(
    client(url)
      ._call(get)
      .then((value) => value),
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(unhandled, []);
});

test("hooks see each attempt, without credentials, and their errors are theirs", async (t) => {
  const { url } = await serve(t, (_, response, count) =>
    json(response, {}, { status: count === 1 ? 503 : 200, headers: { "retry-after": "0", "request-id": `r${count}` } }),
  );
  const seen = [];
  const hooks = {
    headerKey: "h",
    onRequest: async ({ method, path, attempt, headers }) => {
      seen.push([method, path, attempt, headers.get("authorization"), headers.get("x-key")]);
      headers.set("x-changed", "no");
    },
    onResponse: ({ status, attempt, requestId, durationMs }) =>
      seen.push([status, attempt, requestId, durationMs >= 0]),
  };
  await client(url, hooks)._call({ ...get, security: [["key", "header"]] });
  assert.deepEqual(seen, [
    ["GET", "/things", 1, "[redacted]", "[redacted]"],
    [503, 1, "r1", true],
    ["GET", "/things", 2, "[redacted]", "[redacted]"],
    [200, 2, "r2", true],
  ]);
  const mistake = new Error("mine");
  const throwing = {
    onResponse: () => {
      throw mistake;
    },
  };
  assert.equal(await failure(client(url, throwing)._call(get)), mistake);
  const early = {
    onRequest: () => {
      throw mistake;
    },
  };
  assert.equal(await failure(client(url, early)._call(get)), mistake);
});

test("headers of client and call are joined, and null removes one", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const one = client(url, { headers: { "X-One": "1", "X-Two": "2", "User-Agent": "mine" } });
  await one._call(get, [], {}, { headers: { "x-two": "3", "x-one": null } });
  const { headers } = asked[0];
  assert.deepEqual([headers["x-one"], headers["x-two"], headers["user-agent"]], [undefined, "3", "mine"]);
  await assert.rejects(async () => one._call(get, [], {}, { headers: { "x-two": "a\r\nb: c" } }), TypeError);
  assert.equal(asked.length, 1);
});

test("redirects are followed, but carry credentials to no other origin", async (t) => {
  const other = await serve(t, (_, response) => json(response, { here: true }));
  const { url, asked } = await serve(t, (request, response) => {
    const targets = { "/things": "/moved", "/away": `${other.url}/there`, "/loop": "/loop" };
    const location = targets[request.url.split("?")[0]];
    if (location === undefined) {
      return json(response, {});
    }
    response.writeHead(307, { location });
    return response.end();
  });
  const one = client(url, { headerKey: "h", cookieKey: "c", headers: { "X-Own": "secret" } });
  const all = [["key", "header", "cookie"]];
  await one._call({ ...post, security: all }, [], { a: 1 });
  assert.deepEqual([asked[1].headers.authorization, asked[1].text], ["Bearer sk_live_secret", '{"a":1}']);
  assert.deepEqual(await one._call({ ...get, path: "/away", security: all }), { here: true });
  const names = Object.keys(other.asked[0].headers);
  assert.deepEqual(
    names.filter((name) => /auth|key|cookie|own/.test(name)),
    [],
  );
  const error = await failure(one._call({ ...get, path: "/loop" }));
  assert.match(error.message, /too often/);
});

test("a POST that is answered with 303 is read with GET", async (t) => {
  const { url, asked } = await serve(t, (request, response) => {
    if (request.method === "POST") {
      response.writeHead(303, { location: "/result" });
      return response.end();
    }
    return json(response, { done: true });
  });
  assert.deepEqual(await client(url)._call(post, [], { a: 1 }), { done: true });
  assert.deepEqual([asked[1].method, asked[1].text, asked[1].headers["content-type"]], ["GET", "", undefined]);
});

test("many calls at once keep their answers apart", async (t) => {
  const { url } = await serve(t, async (request, response) => {
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
    json(response, { path: request.url });
  });
  const one = client(url);
  const calls = Array.from({ length: 50 }, (_, index) => one._call({ ...get, path: `/${index}` }));
  assert.deepEqual(
    (await Promise.all(calls)).map(({ path }) => path),
    calls.map((_, index) => `/${index}`),
  );
});

test("an own fetch sends, and an operation's own server is used unless a base URL is given", async () => {
  const sent = [];
  const fetch = async (url, { method }) => {
    sent.push(`${method} ${url}`);
    return new Response("{}");
  };
  const operation = { ...get, server: "https://upload.invalid/v2/" };
  await client(undefined, { fetch })._call(operation);
  await client(undefined, { fetch })._call({ ...get, server: "/v3" });
  await client("https://stub.invalid/v1", { fetch })._call(operation);
  assert.deepEqual(sent, [
    "GET https://upload.invalid/v2/things",
    "GET https://live.invalid/v3/things",
    "GET https://stub.invalid/v1/things",
  ]);
});
