// Requests as they come over the wire: URLs, queries, forms and multipart bodies, as values. Bodies are binary strings, a character a byte.

import { has, put } from "./schema.js";

/** The text of these bytes; undefined if they are not UTF-8. */
export function utf8(binary) {
  if (!/[\x80-\xff]/.test(binary)) return binary;
  try {
    return decodeURIComponent(binary.replace(/[%\x80-\xff]/g, (each) => `%${each.charCodeAt(0).toString(16).padStart(2, "0")}`));
  } catch {
    return undefined;
  }
}

export function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** `{origin, path, segments, query}` of a URL; undefined if its percent signs mean nothing. */
export function parseUrl(url) {
  const [, origin, path, query] = /^([a-z][a-z0-9+.-]*:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/i.exec(url);
  const segments = (path || "/").split("/").map(decoded);
  const pairs = parseQuery(query ?? "");
  if (segments.includes(undefined) || pairs === undefined) return undefined;
  return { origin: origin ?? "", path: path || "/", segments, pairs, query: query ?? "" };
}

/** Pairs of names and values; undefined if percent signs mean nothing. */
export function parseQuery(text) {
  const pairs = [];
  for (const part of text.split("&")) {
    if (!part) continue;
    const end = part.indexOf("=");
    const name = decoded((end < 0 ? part : part.slice(0, end)).replace(/\+/g, " "));
    const value = decoded((end < 0 ? "" : part.slice(end + 1)).replace(/\+/g, " "));
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value]);
  }
  return pairs;
}

export function base64(text) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  let bits = 0;
  let held = 0;
  let found = "";
  for (const char of text.replace(/=+$/, "").replace(/-/g, "+").replace(/_/g, "/")) {
    const value = alphabet.indexOf(char);
    if (value < 0) return undefined;
    held = ((held << 6) | value) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      found += String.fromCharCode((held >> bits) & 0xff);
    }
  }
  return found;
}

/** The parts of a multipart body: `{name, filename, type, content}`; undefined if it is none. */
export function parseMultipart(body, contentType) {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!boundary) return undefined;
  const pieces = `\r\n${body}`.split(`\r\n--${boundary[1] ?? boundary[2]}`);
  if (pieces.length < 2 || !pieces.at(-1).startsWith("--")) return undefined;
  const parts = [];
  for (const piece of pieces.slice(1, -1)) {
    const end = piece.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const head = piece.slice(0, end);
    const name = /;\s*name="((?:[^"\\]|\\.)*)"/i.exec(head) ?? /;\s*name=([^;\s]+)/i.exec(head);
    if (!name) return undefined;
    const filename = /;\s*filename="((?:[^"\\]|\\.)*)"/i.exec(head) ?? /;\s*filename\*?=([^;\s]+)/i.exec(head);
    const type = /^content-type:\s*([^;\r\n]+)/im.exec(head);
    parts.push({
      name: utf8(name[1]) ?? name[1],
      filename: filename ? filename[1] : undefined,
      type: type ? type[1].trim().toLowerCase() : "",
      content: piece.slice(end + 4),
    });
  }
  return parts;
}

/** Texts of a style of OpenAPI as a value by the schema; undefined if the parameter is not there. */
export function fromPairs(schemas, schema, pairs, { name, style = "form", explode = true }) {
  const kinds = schemas.types(schema);
  if (kinds.has("object") && !kinds.has("string")) {
    const found = style === "deepObject" || pairs.some(([key]) => key.startsWith(`${name}[`)) ? deep(schemas, schema, pairs, name) : explode ? exploded(schemas, schema, pairs) : undefined;
    if (found !== undefined) return found;
  }
  const own = pairs.filter(([key]) => key === name || key === `${name}[]`).map(([, value]) => value);
  if (own.length === 0) return undefined;
  const separator = { spaceDelimited: " ", pipeDelimited: "|" }[style] ?? ",";
  return fromTexts(schemas, schema, explode ? own : own.at(-1).split(separator), own.at(-1));
}

/** One text, or the texts of a list, as a value by the schema. */
export function fromTexts(schemas, schema, texts, whole) {
  const kinds = schemas.types(schema);
  const scalar = schemas.read(schema, whole ?? "");
  if (kinds.has("array") && schemas.fault(schema, scalar) !== "") {
    const inner = schemas.item(schema);
    const listed = /^\s*\[/.test(whole) ? parsed(whole) : /^\s*\{/.test(whole) && texts.length > 1 ? parsed(`[${whole}]`) : undefined;
    if (listed !== undefined && schemas.fault(schema, listed) === "") return listed;
    return texts.length === 1 && texts[0] === "" ? [] : texts.map((each) => fromTexts(schemas, inner, [each], each));
  }
  if (kinds.has("object") && schemas.fault(schema, scalar) !== "" && texts.length > 1) {
    const found = {};
    for (let i = 0; i + 1 < texts.length; i += 2) put(found, texts[i], schemas.read(schemas.member(schema, texts[i]) ?? {}, texts[i + 1]));
    return found;
  }
  const object = kinds.has("object") && /^\s*\{/.test(whole) ? parsed(whole) : undefined;
  return object ?? scalar;
}

function exploded(schemas, schema, pairs) {
  const known = schemas.names(schema);
  const found = {};
  for (const [name, value] of pairs) if (known.includes(name)) put(found, name, schemas.read(schemas.member(schema, name), value));
  return Object.keys(found).length ? found : undefined;
}

/** `name[a][b]=…`, and `name[a][]=…` for lists. */
function deep(schemas, schema, pairs, name) {
  const found = {};
  for (const [key, text] of pairs) {
    const path = key.startsWith(`${name}[`) ? [...key.slice(name.length).matchAll(/\[([^\]]*)\]/g)].map((each) => each[1]) : [];
    const isList = path.at(-1) === "" && path.pop() === "";
    if (path.length === 0 || path.length > 12) continue;
    let object = found;
    let inner = schemas.member(schema, path[0]) ?? {};
    for (let i = 1; i < path.length; i++) {
      if (!has(object, path[i - 1]) || typeof object[path[i - 1]] !== "object") put(object, path[i - 1], {});
      object = object[path[i - 1]];
      inner = schemas.member(inner, path[i]) ?? {};
    }
    const last = path.at(-1);
    const many = isList || schemas.types(inner).has("array");
    const value = schemas.read(many ? schemas.item(inner) : inner, text);
    put(object, last, many ? [...(Array.isArray(object[last]) ? object[last] : []), value] : value);
  }
  return Object.keys(found).length ? found : undefined;
}

/** A form as an object by its schema. */
export function fromForm(schemas, schema, pairs) {
  const found = {};
  const known = new Set(pairs.map(([key]) => key.replace(/\[.*$/, "")));
  for (const name of known) {
    const inner = schemas.member(schema, name) ?? {};
    const kinds = schemas.types(inner);
    const own = pairs.filter(([key]) => key === name || key.startsWith(`${name}[`));
    const text = own.at(-1)[1];
    let value;
    if (kinds.has("object") && own.every(([key]) => key === name) && /^\s*\{/.test(text)) value = parsed(text);
    value ??= fromPairs(schemas, inner, own, { name, explode: own.length > 1 || !text.includes(",") });
    if (value !== undefined) put(found, name, value);
  }
  return found;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The parts as an object by its schema; a file's content is a text of as many characters as it has bytes. */
export function fromParts(schemas, schema, parts) {
  const found = {};
  for (const name of new Set(parts.map((each) => each.name.replace(/\[\]$/, "")))) {
    const inner = schemas.member(schema, name) ?? {};
    const own = parts.filter((each) => each.name.replace(/\[\]$/, "") === name);
    const kinds = schemas.types(inner);
    const of = kinds.has("array") && !kinds.has("string") ? schemas.item(inner) : inner;
    const values = own.map((part) => {
      if (part.filename !== undefined) return part.content;
      const text = utf8(part.content) ?? part.content;
      if (/json$/.test(part.type) || (schemas.types(of).has("object") && /^\s*\{/.test(text))) return parsed(text) ?? text;
      return schemas.read(of, text);
    });
    put(found, name, of === inner ? values.at(-1) : values.length === 1 && Array.isArray(values[0]) ? values[0] : values);
  }
  return found;
}
