import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { client, errors, fileFromPath, fillPath, get, headerValue, json, nextLink, parseJson, post } from "./server.js";
import { queryPairs, serve, serverSentEvents, Webhooks, writeJson } from "./server.js";

test("JSON goes there and back without loss, whatever it holds", () => {
  const texts = [
    '{"a":9223372036854775807,"b":-12345678901234567890,"c":"9223372036854775807","d":[1.5,1e21,-0.25]}',
    '{"n12345678901234567890":"n5","s":"s","t":"\\"12345678901234567890\\" : \\\\","u":"\\u2028"}',
    '[12345678901234567890,{"x":[[12345678901234567890],[]]},null,true,"",9007199254740991]',
    '{"__proto__":{"a":12345678901234567890},"constructor":1}',
    "12345678901234567890",
    '"12345678901234567890"',
  ];
  for (const text of texts) {
    const value = parseJson(text);
    assert.deepEqual(parseJson(writeJson(value)), value);
    assert.equal(
      writeJson(value),
      JSON.stringify(JSON.parse(text.replace(/(?<!["\dn])-?\d{17,}(?!["\d])/g, '"@$&@"'))).replace(/"@|@"/g, ""),
    );
  }
  assert.equal(parseJson(texts[0]).a, 9223372036854775807n);
  assert.equal(parseJson(texts[0]).c, "9223372036854775807");
  assert.equal(parseJson("9007199254740991"), 9007199254740991);
  assert.equal(parseJson("12345678901234567890.5"), 12345678901234567890.5);
  assert.equal(
    writeJson({ at: new Date(0), big: 2n ** 64n }),
    '{"at":"1970-01-01T00:00:00.000Z","big":18446744073709551616}',
  );
  assert.throws(() => parseJson("{1234567890123456789"), SyntaxError);
});

test("parameters are written in each style", () => {
  const object = { a: "1 &", b: [2] };
  const flat = { r: 100, g: "x/y" };
  const list = ["a b", "c,d"];
  const query = (parameter, value) => queryPairs({ key: "k", ...parameter }, value).join("&");
  assert.equal(query({}, list), "k=a%20b&k=c%2Cd");
  assert.equal(query({ explode: false }, list), "k=a%20b,c%2Cd");
  assert.equal(query({ style: "spaceDelimited" }, list), "k=a%20b%20c%2Cd");
  assert.equal(query({ style: "pipeDelimited" }, list), "k=a%20b%7Cc%2Cd");
  assert.equal(query({}, flat), "r=100&g=x%2Fy");
  assert.equal(query({ explode: false }, flat), "k=r,100,g,x%2Fy");
  assert.equal(query({ style: "deepObject" }, object), "k[a]=1%20%26&k[b][0]=2");
  assert.equal(query({ json: true }, object), "k=%7B%22a%22%3A%221%20%26%22%2C%22b%22%3A%5B2%5D%7D");
  assert.equal(query({ reserved: true }, "a/b?c d&e=é"), "k=a/b?c%20d%26e%3D%C3%A9".replace("%3D", "="));
  assert.equal(query({}, true) + query({}, 10n) + query({}, new Date(0)), "k=truek=10k=1970-01-01T00%3A00%3A00.000Z");
  assert.equal(query({ name: "a[]&" }, "x"), "a%5B%5D%26=x");
  assert.equal(query({}, []), "");
  const path = (parameter, value) => fillPath("/{k}/x", [{ name: "k", ...parameter }], [value]);
  assert.equal(path({}, "a/b ?#%{k}"), "/a%2Fb%20%3F%23%25%7Bk%7D/x");
  assert.equal(path({}, list), "/a%20b,c%2Cd/x");
  assert.equal(path({}, flat), "/r,100,g,x%2Fy/x");
  assert.equal(path({ explode: true }, flat), "/r=100,g=x%2Fy/x");
  assert.equal(path({ style: "label" }, list), "/.a%20b,c%2Cd/x");
  assert.equal(path({ style: "label", explode: true }, list), "/.a%20b.c%2Cd/x");
  assert.equal(path({ style: "matrix" }, "v"), "/;k=v/x");
  assert.equal(path({ style: "matrix" }, list), "/;k=a%20b,c%2Cd/x");
  assert.equal(path({ style: "matrix", explode: true }, list), "/;k=a%20b;k=c%2Cd/x");
  assert.equal(path({ style: "matrix", explode: true }, flat), "/;r=100;g=x%2Fy/x");
  for (const value of ["", ".", "..", undefined, null]) {
    assert.throws(() => path({}, value), TypeError);
  }
  assert.equal(headerValue({ key: "k" }, ["a", 1]), "a,1");
  assert.equal(headerValue({ key: "k" }, flat), "r,100,g,x/y");
  assert.equal(headerValue({ key: "k", explode: true }, flat), "r=100,g=x/y");
});

test("parameters go to their places, and the rest is the body", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const operation = {
    ...post,
    path: "/a/{id}/b?fixed=1",
    pathParams: [{ name: "id" }],
    params: [
      { key: "limit" },
      { key: "trace_id", name: "X-Trace", in: "header" },
      { key: "sid", in: "cookie" },
      { key: "apiVersion", name: "API-Version", in: "header", isOption: true },
    ],
    body: { kind: "json", type: "application/json", names: [["body_id", "id"]], always: { stream: true } },
  };
  const params = { limit: 5, trace_id: "t", sid: "s", body_id: 7, apiVersion: "in body", ["__proto__"]: 1 };
  await client(url)._call(operation, ["x y"], params, { apiVersion: "2026" });
  const [{ url: path, headers, text }] = asked;
  assert.equal(path, "/a/x%20y/b?fixed=1&limit=5");
  assert.deepEqual([headers["x-trace"], headers.cookie, headers["api-version"]], ["t", "sid=s", "2026"]);
  assert.equal(text, '{"id":7,"apiVersion":"in body","__proto__":1,"stream":true}');
});

test("what values inherit is no parameter", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const operation = { ...get, params: [{ key: "toString" }, { key: "constructor" }] };
  await client(url)._call(operation, [], {});
  assert.equal(asked[0].url, "/things");
});

test("a body is left out, empty or an argument, as the operation says", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const one = client(url);
  await one._call({ ...post, body: { ...post.body, isRequired: false } });
  await one._call(post);
  await one._call({ ...post, body: { ...post.body, isArgument: true } }, [], { body: [1] });
  await one._call({ ...post, body: { ...post.body, isArgument: true } }, [], { body: null });
  assert.deepEqual(
    asked.map((each) => each.text),
    ["", "{}", "[1]", "null"],
  );
  assert.equal(asked[0].headers["content-type"], undefined);
});

test("forms, texts, lines and bytes are written as they are described", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const one = client(url);
  const as = (body) => ({ ...post, body });
  const form = {
    kind: "form",
    type: "application/x-www-form-urlencoded",
    parts: [
      { name: "o", style: "deepObject" },
      { name: "l", explode: false },
      { name: "j", type: "application/json" },
    ],
  };
  await one._call(as(form), [], { a: "x y&ü", l: [1, 2], o: { b: 1 }, j: { c: [1] }, none: undefined });
  assert.equal(asked[0].text, "a=x+y%26%C3%BC&l=1,2&o[b]=1&j=%7B%22c%22%3A%5B1%5D%7D");
  await one._call(as({ kind: "text", type: "text/plain", isArgument: true }), [], { body: "ü" });
  await one._call(as({ kind: "json-lines", type: "application/jsonl", isArgument: true }), [], { body: [{ a: 1 }, 2] });
  await one._call(as({ kind: "binary", type: "application/octet-stream", isArgument: true }), [], {
    body: new Uint8Array([0, 255]),
  });
  await one._call(as({ kind: "binary", type: "application/octet-stream", isArgument: true }), [], {
    body: { content: new Blob(["b"]), contentType: "image/png" },
  });
  assert.deepEqual(
    asked.slice(1).map((each) => [each.headers["content-type"], each.bytes.toString("latin1")]),
    [
      ["text/plain", "Ã¼"],
      ["application/jsonl", '{"a":1}\n2\n'],
      ["application/octet-stream", "\0\xff"],
      ["image/png", "b"],
    ],
  );
});

const multipart = {
  ...post,
  body: {
    kind: "multipart",
    type: "multipart/form-data",
    parts: [
      { name: "file", file: true },
      { name: "files", file: true },
      { name: "meta", type: "application/json" },
    ],
  },
};

test("a multipart body has names, types and files, and nothing breaks out of them", async (t) => {
  const { url, asked } = await serve(t, (_, response) => json(response, {}));
  const path = join(tmpdir(), `note-${process.pid}.txt`);
  writeFileSync(path, "on disk");
  await client(url)._call(multipart, [], {
    purpose: "evidence",
    file: { content: new Blob(["pdf"]), filename: 'a"\r\nX: y.pdf', contentType: "application/pdf\r\nX: y" },
    files: [await fileFromPath(path), new Uint8Array([65])],
    meta: { a: [1] },
    none: null,
  });
  const [{ headers, text }] = asked;
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(headers["content-type"])[1];
  const parts = text
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.trim().split("\r\n"));
  assert.deepEqual(parts, [
    ['Content-Disposition: form-data; name="purpose"', "", "evidence"],
    [
      'Content-Disposition: form-data; name="file"; filename="a%22%0D%0AX: y.pdf"',
      "Content-Type: application/pdfX: y",
      "",
      "pdf",
    ],
    [
      `Content-Disposition: form-data; name="files"; filename="note-${process.pid}.txt"`,
      "Content-Type: application/octet-stream",
      "",
      "on disk",
    ],
    [
      'Content-Disposition: form-data; name="files"; filename="files"',
      "Content-Type: application/octet-stream",
      "",
      "A",
    ],
    ['Content-Disposition: form-data; name="meta"', "Content-Type: application/json", "", '{"a":[1]}'],
  ]);
  assert.ok(text.endsWith(`\r\n--${boundary}--\r\n`));
});

test("a stream is sent as it comes, and never twice", async (t) => {
  const { url, asked } = await serve(t, (_, response) =>
    json(response, {}, { status: 503, headers: { "retry-after": "0" } }),
  );
  async function* content() {
    yield new Uint8Array([97]);
    yield new Uint8Array([98]);
  }
  const send = (params) => client(url)._call({ ...multipart, idempotency: "Idempotency-Key" }, [], params);
  await assert.rejects(send({ file: { content: content(), filename: "f" } }), errors.ServerError);
  assert.equal(asked.length, 1);
  assert.match(asked[0].text, /\r\n\r\nab\r\n--/);
  assert.equal(asked[0].headers["transfer-encoding"], "chunked");
  await assert.rejects(send({ file: new Blob(["b"]) }), errors.ServerError);
  assert.equal(asked.length, 5);
});

test("a download is a stream, and its time limit ends with its head", async (t) => {
  const { url } = await serve(t, async (_, response) => {
    response.writeHead(200, { "content-type": "application/octet-stream" });
    for (const piece of ["a", "b", "c"]) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    response.end();
  });
  const response = await client(url)._call({ ...get, answer: { kind: "binary" } }, [], {}, { timeoutMs: 60 });
  assert.equal(await response.text(), "abc");
});

test("answers without a value, and texts", async (t) => {
  const { url } = await serve(t, (request, response) => {
    response.writeHead(request.url === "/text" ? 200 : 204);
    response.end(request.url === "/text" ? "plain" : undefined);
  });
  const one = client(url);
  assert.equal(await one._call({ ...get, answer: { kind: "none" } }), undefined);
  assert.equal(await one._call(get), undefined);
  assert.equal(await one._call({ ...get, path: "/text", answer: { kind: "text" } }), "plain");
});

const PIECES =
  '\ufeffid: 1\r\nevent: a\r\ndata: {"ü":1}\r\n\r\n: hello\ndata:x\ndata\ndata: y\n\nretry: 7\nid\ndata: z\r\rdata: lost';

test("server-sent events are the same however they are cut", async () => {
  const bytes = new TextEncoder().encode(PIECES);
  for (const size of [1, 2, 3, 5, 7, bytes.length]) {
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < bytes.length; at += size) {
          controller.enqueue(bytes.slice(at, at + size));
        }
        controller.close();
      },
    });
    const found = [];
    for await (const event of serverSentEvents(body)) {
      found.push([event.event, event.data, event.id, event.retryMs]);
    }
    assert.deepEqual(found, [
      ["a", '{"ü":1}', "1", undefined],
      ["message", "x\n\ny", "1", undefined],
      ["message", "z", "", 7],
    ]);
  }
});

const stream = { ...get, answer: { kind: "events" } };

test("a stream gives values, ends at [DONE], and closes its connection when left", async (t) => {
  let closed = 0;
  const { url } = await serve(t, (request, response) => {
    request.socket.on("close", () => (closed += 1));
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write('data: {"n":1}\n\ndata: {"n":12345678901234567890}\n\n');
    if (request.url === "/done") {
      response.write("data: [DONE]\n\ndata: {}\n\n");
    }
  });
  const found = [];
  for await (const each of client(url)._stream({ ...stream, path: "/done" })) {
    found.push(each.n);
  }
  assert.deepEqual(found, [1, 12345678901234567890n]);
  for await (const each of client(url)._stream(stream)) {
    assert.equal(each.n, 1);
    break;
  }
  const open = client(url)._stream(stream);
  for await (const each of open) {
    found.push(each);
    open.close();
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(closed, 3);
});

test("a stream is an error if it is refused, broken, or no JSON", async (t) => {
  const { url } = await serve(t, (request, response) => {
    if (request.url === "/refused") {
      return json(response, {}, { status: 403 });
    }
    response.writeHead(200);
    response.write(request.url === "/bad" ? "data: {\n\n" : "data: 1\n\n");
    return setTimeout(() => response.destroy(), 20);
  });
  const read = async (path) => {
    for await (const each of client(url)._stream({ ...stream, path })) {
      assert.equal(each, 1);
    }
  };
  await assert.rejects(read("/refused"), errors.PermissionDeniedError);
  await assert.rejects(read("/bad"), errors.DecodeError);
  await assert.rejects(read("/broken"), errors.ConnectionError);
});

test("a stream that can be resumed goes on after its last event", async (t) => {
  const { url, asked } = await serve(t, (_, response, count) => {
    response.writeHead(200);
    response.write(`retry: 10\nid: e${count}\ndata: ${count}\n\n`);
    setTimeout(() => (count === 1 ? response.destroy() : response.end()), 10);
  });
  const operation = {
    ...stream,
    params: [{ key: "lastEventId", name: "Last-Event-ID", in: "header", isOption: true }],
    answer: { kind: "events", resume: true },
  };
  const found = [];
  const open = client(url)._stream(operation, [], {}, { lastEventId: "e0" });
  for await (const each of open) {
    found.push(each);
    if (each === 3) {
      break;
    }
  }
  assert.deepEqual(found, [1, 2, 3]);
  assert.equal(open.lastEventId, "e3");
  assert.deepEqual(
    asked.map((each) => each.headers["last-event-id"]),
    ["e0", "e1", "e2"],
  );
});

test("a signal ends a stream", async (t) => {
  const { url } = await serve(t, (_, response) => {
    response.writeHead(200);
    response.write("id: 1\ndata: 1\n\n");
  });
  const controller = new AbortController();
  const read = async () => {
    for await (const each of client(url)._stream(
      { ...stream, answer: { kind: "events", resume: true } },
      [],
      {},
      { signal: controller.signal },
    )) {
      assert.equal(each, 1);
      controller.abort(new Error("enough"));
    }
  };
  await assert.rejects(read(), /enough/);
});

test("JSON lines are read however they are cut, the last without its end", async (t) => {
  const { url } = await serve(t, async (_, response) => {
    response.writeHead(200);
    for (const piece of ['{"a"', ":1}\r", '\n\n"ü', '"\n2']) {
      response.write(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    response.end();
  });
  const found = [];
  for await (const each of client(url)._stream({ ...get, answer: { kind: "json-lines" } })) {
    found.push(each);
  }
  assert.deepEqual(found, [{ a: 1 }, "ü", 2]);
});

async function paged(t, how, answer, params = {}) {
  const { url, asked } = await serve(t, (request, response) =>
    answer(new URL(request.url, "http://x"), response, request),
  );
  const names = ["cursor", "after", "offset", "page", "limit"];
  const operation = { ...get, params: names.map((key) => ({ key })), pages: how };
  const pages = client(url)._pages(operation, [], params);
  return { pages, asked, url };
}

const ITEMS = [1, 2, 3, 4, 5, 6, 7].map((id) => ({ id }));

test("pages go on by cursor, last id, offset, number, URL and link", async (t) => {
  const kinds = {
    cursor: [
      { kind: "cursor", items: ["data"], next: ["meta", "next"], key: "cursor" },
      (url, response) => {
        const at = Number(url.searchParams.get("cursor") ?? 0);
        json(response, { data: ITEMS.slice(at, at + 3), meta: { next: at + 3 < 7 ? String(at + 3) : null } });
      },
    ],
    "last-id": [
      { kind: "last-id", items: ["data"], more: ["more"], key: "after", idField: "id" },
      (url, response) => {
        const at = Number(url.searchParams.get("after") ?? 0);
        json(response, { data: ITEMS.slice(at, at + 3), more: at + 3 < 7 });
      },
    ],
    offset: [
      { kind: "offset", items: ["data"], key: "offset" },
      (url, response) => {
        const at = Number(url.searchParams.get("offset") ?? 0);
        json(response, { data: ITEMS.slice(at, at + 3) });
      },
    ],
    page: [
      { kind: "page", items: [], key: "page" },
      (url, response) => {
        const at = (Number(url.searchParams.get("page") ?? 1) - 1) * 3;
        json(response, ITEMS.slice(at, at + 3));
      },
    ],
    "next-url": [
      { kind: "next-url", items: ["data"], next: ["next"] },
      (url, response) => {
        const at = Number(url.searchParams.get("at") ?? 0);
        json(response, { data: ITEMS.slice(at, at + 3), next: at + 3 < 7 ? `?at=${at + 3}` : "" });
      },
    ],
    "link-header": [
      { kind: "link-header", items: [] },
      (url, response) => {
        const at = Number(url.searchParams.get("at") ?? 0);
        const link =
          at + 3 < 7 ? { link: `</x>; rel="prev", </things?at=${at + 3}>; title="a, b"; rel="last next"` } : {};
        json(response, ITEMS.slice(at, at + 3), { headers: link });
      },
    ],
  };
  for (const [name, [how, answer]] of Object.entries(kinds)) {
    const { pages, asked } = await paged(t, how, answer, { limit: 3 });
    assert.deepEqual(await pages.toArray(), ITEMS, name);
    assert.ok(asked.length <= 4, name);
    assert.equal(asked[0].url, "/things?limit=3");
  }
});

test("no page is asked for that nobody needs, and pages are there as well", async (t) => {
  const how = { kind: "cursor", items: ["data"], next: ["next"], key: "cursor" };
  const { pages, asked } = await paged(t, how, (url, response) =>
    json(response, { data: [1, 2], next: `${Math.random()}` }),
  );
  assert.deepEqual(await pages.toArray({ max: 0 }), []);
  assert.equal(asked.length, 0);
  assert.deepEqual(await pages.toArray({ max: 4 }), [1, 2, 1, 2]);
  assert.equal(asked.length, 2);
  for await (const page of pages.pages()) {
    assert.deepEqual([page.items, page.response.status, Object.keys(page.data)], [[1, 2], 200, ["data", "next"]]);
    break;
  }
});

test("a list that stands still is an error, and so is a next page on another host", async (t) => {
  const how = { kind: "cursor", items: ["data"], next: ["next"], key: "cursor" };
  const still = await paged(t, how, (_, response) => json(response, { data: [1], next: "a" }));
  await assert.rejects(still.pages.toArray(), /does not go on/);
  const away = await paged(t, { kind: "next-url", items: ["data"], next: ["next"] }, (_, response) =>
    json(response, { data: [1], next: "https://evil.invalid/" }),
  );
  await assert.rejects(away.pages.toArray(), /another host/);
  assert.equal(nextLink("<a>; rel=next"), "a");
  assert.equal(nextLink(null), undefined);
});

test("a webhook is genuine if one of the secrets signed it, and lately", async () => {
  const body = '{"type":"payment.succeeded","n":12345678901234567890}';
  const sign = (secret, time) => createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  const now = Math.floor(Date.now() / 1000);
  const header = `t=${now},v1=zz,v1=${sign("old", now)},v1=${sign("new", now)}`;
  const webhooks = new Webhooks();
  assert.equal((await webhooks.verify(body, header, ["other", "new"])).n, 12345678901234567890n);
  assert.equal((await webhooks.verify(new TextEncoder().encode(body), header, "old")).type, "payment.succeeded");
  const past = now - 301;
  const refused = [
    [body, header, "other"],
    [`${body} `, header, "new"],
    [body, `t=${past},v1=${sign("new", past)}`, "new"],
    [body, `v1=${sign("new", now)}`, "new"],
    [body, null, "new"],
    [body, header, undefined],
  ];
  for (const each of refused) {
    await assert.rejects(webhooks.verify(...each), errors.WebhookVerificationError);
  }
});
