// Request bodies: JSON, forms, multipart with files, and bytes. What can be sent twice says so.

import { writeJson } from "./json.js";
import { isThere, nameOf, queryPairs, textOf } from "./parameters.js";

/** What a request carries: `content` for fetch, its media type, and whether it can be sent again. */
export function encodeBody(body, value) {
  if (value === undefined) {
    return { canRepeat: true };
  }
  switch (body.kind) {
    case "form":
      return {
        type: body.type,
        content: formText(body, value),
        canRepeat: true,
      };
    case "multipart":
      return multipart(body, value);
    case "json-lines":
      return { type: body.type, content: linesOf(value), canRepeat: true };
    case "text":
      return { type: body.type, content: textOf(value), canRepeat: true };
    case "binary": {
      const { content, type } = fileOf(value);
      return {
        type: type || body.type,
        content: isStream(content) ? toReadable(content) : content,
        canRepeat: !isStream(content),
      };
    }
    default:
      return { type: body.type, content: writeJson(value), canRepeat: true };
  }
}

/**
 * A file on disk, to be uploaded. It is read while it is sent, where the runtime can do that.
 *
 * @example
 * await client.files.upload({ file: await fileFromPath("note.pdf") });
 */
export async function fileFromPath(path, { filename, contentType } = {}) {
  const [fs, files] = ["node:fs", "node:fs/promises"]; // named so that bundlers for browsers leave them alone
  const { openAsBlob } = await import(/* @vite-ignore */ fs);
  const content = openAsBlob
    ? await openAsBlob(path)
    : new Blob([await (await import(/* @vite-ignore */ files)).readFile(path)]);
  const last = String(path).split(/[\\/]/).pop();
  return { content, filename: filename ?? last, contentType };
}

function formText(body, value) {
  return Object.entries(value)
    .filter(([, member]) => isThere(member))
    .flatMap(([name, member]) => {
      const part = partOf(body, name);
      const isJson = /json/.test(part.type ?? "");
      return queryPairs({ ...part, name, json: isJson }, member);
    })
    .map((pair) => pair.replace(/%20/g, "+"))
    .join("&");
}

function linesOf(value) {
  const values = Array.isArray(value) ? value : [value];
  return values.map((each) => `${writeJson(each)}\n`).join("");
}

function multipart(body, value) {
  const boundary = `----${randomName()}`;
  const chunks = [];
  for (const [name, member] of Object.entries(value)) {
    const part = partOf(body, name);
    const values =
      Array.isArray(member) && !isJsonPart(part) ? member : [member];
    for (const each of values.filter(isThere)) {
      const { head, content } = encodePart(part, name, each);
      chunks.push(`--${boundary}\r\n${head}\r\n\r\n`, content, "\r\n");
    }
  }
  chunks.push(`--${boundary}--\r\n`);
  const type = `${body.type}; boundary=${boundary}`;
  return chunks.some(isStream)
    ? { type, content: toReadable(concatenated(chunks)), canRepeat: false }
    : { type, content: new Blob(chunks), canRepeat: true };
}

function encodePart(part, name, value) {
  const isFile = part.file || isFileLike(value);
  const file = isFile ? fileOf(value) : undefined;
  const type = file?.type || part.type;
  const lines = [`Content-Disposition: form-data; name="${quoted(name)}"`];
  if (file !== undefined) {
    lines[0] += `; filename="${quoted(file.filename || name)}"`;
    lines.push(`Content-Type: ${cleaned(type || "application/octet-stream")}`);
    return { head: lines.join("\r\n"), content: file.content };
  }
  const isJson = isJsonPart(part) || typeof value === "object";
  if (type || isJson) {
    lines.push(`Content-Type: ${cleaned(type || "application/json")}`);
  }
  const content = isJson ? writeJson(value) : textOf(value);
  return { head: lines.join("\r\n"), content };
}

function fileOf(value) {
  const isWrapped =
    typeof value === "object" &&
    value !== null &&
    "content" in value &&
    !(value instanceof Blob);
  const content = isWrapped ? value.content : value;
  const inner = content instanceof Blob ? content : undefined;
  return {
    content,
    filename: (isWrapped ? value.filename : undefined) ?? inner?.name ?? "",
    type: (isWrapped ? value.contentType : undefined) ?? inner?.type ?? "",
  };
}

function isFileLike(value) {
  return (
    value instanceof Blob ||
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    isStream(value)
  );
}

function isJsonPart(part) {
  return /json/.test(part.type ?? "");
}

function partOf(body, name) {
  return body.parts?.find((part) => nameOf(part) === name) ?? {};
}

function isStream(value) {
  return (
    typeof value === "object" &&
    value !== null &&
    !(value instanceof Blob) &&
    (typeof value.getReader === "function" ||
      typeof value[Symbol.asyncIterator] === "function")
  );
}

async function* concatenated(chunks) {
  const encoder = new TextEncoder();
  for (const chunk of chunks) {
    if (typeof chunk === "string") {
      yield encoder.encode(chunk);
    } else if (isStream(chunk)) {
      yield* bytesOf(chunk);
    } else {
      yield* bytesOf(new Blob([chunk]).stream());
    }
  }
}

async function* bytesOf(stream) {
  if (typeof stream.getReader !== "function") {
    yield* stream;
    return;
  }
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } finally {
    reader.releaseLock();
  }
}

function toReadable(stream) {
  if (typeof stream.getReader === "function") {
    return stream;
  }
  const iterator = stream[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) {
        controller.close();
      } else {
        controller.enqueue(
          typeof value === "string" ? encoder.encode(value) : value,
        );
      }
    },
    async cancel(reason) {
      await iterator.return?.(reason);
    },
  });
}

function quoted(text) {
  return text
    .replace(/\r\n|\r|\n/g, "%0D%0A")
    .replace(/"/g, "%22")
    .replace(/\0/g, "");
}

function cleaned(type) {
  return type.replace(/[^\x20-\x7e]/g, "");
}

/** A random name: of a boundary, or of an action that must happen once. */
export function randomName() {
  if (globalThis.crypto?.randomUUID) {
    return globalThis.crypto.randomUUID();
  }
  const digits = () => Math.random().toString(16).slice(2, 10).padEnd(8, "0");
  return [digits(), digits(), digits(), digits()].join("-");
}
