// What a service worker and a page share: which requests are the sandbox's, and requests and answers of browsers for the engine.

const pathOf = (base) => new URL(base).pathname.replace(/\/$/, "");

/** Whether a URL is the base or below it. */
const isBelow = (base, url) => url.startsWith(base) && (url.length === base.length || "/?#".includes(url[base.length]));

async function toEngine(request) {
  const bytes = new Uint8Array(await request.arrayBuffer());
  let body = "";
  for (let i = 0; i < bytes.length; i += 8192) body += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return { method: request.method, url: request.url, headers: Object.fromEntries(request.headers), body };
}

function fromEngine({ status, headers, body, chunks, isBinary }, method) {
  const isEmpty = method === "HEAD" || status === 204 || status === 205 || status === 304;
  return new Response(isEmpty ? null : chunks ? streamed(chunks) : isBinary ? Uint8Array.from(body, (each) => each.charCodeAt(0)) : body, { status, headers });
}

function streamed(chunks) {
  const encoder = new TextEncoder();
  return new ReadableStream({
    start(controller) {
      for (const each of chunks) controller.enqueue(encoder.encode(each));
      controller.close();
    },
  });
}
