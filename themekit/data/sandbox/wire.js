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

/** Names, values, and values as they were sent; undefined if percent signs mean nothing. */
export function parseQuery(text) {
  const pairs = [];
  for (const part of text.split("&")) {
    if (!part) continue;
    const end = part.indexOf("=");
    const sent = (end < 0 ? "" : part.slice(end + 1)).replace(/\+/g, "%20");
    const name = decoded((end < 0 ? part : part.slice(0, end)).replace(/\+/g, " "));
    const value = decoded(sent);
    if (name === undefined || value === undefined) return undefined;
    pairs.push([name, value, sent]);
  }
  return pairs;
}

/** The pairs of a header `Cookie`, as those of a query. */
export function parseCookies(text) {
  return text.split(/;\s*/).map((each) => {
    const end = each.indexOf("=");
    const sent = each.slice(end + 1);
    return [each.slice(0, end), decoded(sent) ?? sent, sent];
  });
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

/** Texts of a style of OpenAPI as a value by the schema; undefined if the parameter is not there. `taken` are the names of all parameters. */
export function fromPairs(schemas, schema, pairs, { name, style = "form", explode = true, taken }) {
  const kinds = schemas.types(schema);
  if (kinds.has("object") && !kinds.has("string")) {
    const found = style === "deepObject" || pairs.some(([key]) => key.startsWith(`${name}[`)) ? deep(schemas, schema, pairs, name) : explode ? exploded(schemas, schema, pairs, taken) : undefined;
    if (found !== undefined) return found;
  }
  const own = pairs.filter(([key]) => key === name || key === `${name}[]`);
  if (own.length === 0) return undefined;
  if (explode) return fromTexts(schemas, schema, own.map(([, value]) => value), own.at(-1)[1]);
  return fromJoined(schemas, schema, own.at(-1), [{ spaceDelimited: " ", pipeDelimited: "|" }[style] ?? ","]);
}

/** One text that holds several, which these separators part; a comma within one of them is sent as `%2C`. */
function fromJoined(schemas, schema, [, value, sent], separators) {
  const ways = separators.map((each) => value.split(each));
  if (separators.includes(",")) ways.unshift(sent.split(",").map((each) => decoded(each) ?? each));
  let found;
  for (const texts of ways) {
    found = fromTexts(schemas, schema, texts, value);
    if (schemas.fault(schema, found) === "") break;
  }
  return found;
}

/** What stands in a path or a header, of a style of OpenAPI, as a value by the schema. */
export function fromStyle(schemas, schema, sent, { style = "simple", explode }) {
  const kinds = schemas.types(schema);
  const whole = style === "label" ? sent.replace(/^\./, "") : style === "matrix" ? sent.replace(/^;/, "") : sent;
  const pieces = whole.split(style === "label" ? /[.,]/ : style === "matrix" && explode ? ";" : /\s*,\s*/);
  if (explode && kinds.has("object") && !kinds.has("string")) {
    const pairs = pieces.map((each) => /^([^=]*)=(.*)$/s.exec(each) ?? [each, each, ""]);
    return fromTexts(schemas, schema, pairs.flatMap(([, name, text]) => [name, text]), "");
  }
  const bare = (text) => (style === "matrix" ? text.replace(/^[^=]*=?/, "") : text);
  return fromTexts(schemas, schema, explode ? pieces.map(bare) : bare(whole).split(style === "label" ? /[.,]/ : /\s*,\s*/), bare(whole));
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
    for (let i = 0; i + 1 < texts.length; i += 2) put(found, texts[i], fromTexts(schemas, schemas.member(schema, texts[i]) ?? {}, [texts[i + 1]], texts[i + 1]));
    return found;
  }
  const object = kinds.has("object") && /^\s*\{/.test(whole) ? parsed(whole) : undefined;
  return object ?? scalar;
}

/** Members that stand in the query by their own names; those of a map are what no other parameter is. */
function exploded(schemas, schema, pairs, taken) {
  const found = {};
  const isMap = schemas.names(schema).length === 0 || schemas.member(schema, "\0") !== undefined;
  const others = isMap ? pairs.map(([key]) => key).filter((key) => !taken?.has(key)) : [];
  for (const name of new Set([...schemas.names(schema), ...others])) {
    const texts = pairs.filter(([key]) => key === name).map(([, text]) => text);
    if (texts.length) put(found, name, fromTexts(schemas, schemas.member(schema, name) ?? {}, texts, texts.at(-1)));
  }
  return Object.keys(found).length ? found : undefined;
}

/** `name[a][b]=…` as an object by the schema, `name[a][]=…` and `name[a][0]=…` as lists in it; undefined if there is none. */
function deep(schemas, schema, pairs, name) {
  const tree = nested(pairs.filter(([key]) => key.startsWith(`${name}[`)).map(([key, text]) => [key.slice(name.length), text]));
  return tree.inner.size ? unfolded(schemas, schema, tree) : undefined;
}

const leaf = () => ({ texts: [], inner: new Map() });

/** Names in brackets as a tree: `[a][b]` is below `[a]`. */
function nested(pairs) {
  const tree = leaf();
  for (const [key, text] of pairs) {
    const path = [...key.matchAll(/\[([^\]]*)\]/g)].map((each) => each[1]).slice(0, 20);
    let node = tree;
    for (const part of path) {
      if (!node.inner.has(part)) node.inner.set(part, leaf());
      node = node.inner.get(part);
    }
    node.texts.push(text);
  }
  return tree;
}

function unfolded(schemas, schema, { texts, inner }) {
  if (inner.size === 0) return fromTexts(schemas, schema, texts, texts.at(-1));
  const kinds = schemas.types(schema);
  const isList = [...inner.keys()].every((key) => /^\d*$/.test(key)) && (kinds.has("array") || (!kinds.has("object") && inner.has("")));
  if (isList) {
    const item = schemas.item(schema);
    return [...inner].flatMap(([key, node]) => (key === "" ? node.texts.map((text) => schemas.read(item, text)) : [unfolded(schemas, item, node)]));
  }
  const found = {};
  for (const [key, node] of inner) put(found, key, unfolded(schemas, schemas.member(schema, key) ?? {}, node));
  return found;
}

/** A form as an object by its schema. */
export function fromForm(schemas, schema, pairs) {
  const found = {};
  for (const name of new Set(pairs.map(([key]) => key.replace(/\[.*$/, "")))) {
    const inner = schemas.member(schema, name) ?? {};
    const own = pairs.filter(([key]) => key === name || key.startsWith(`${name}[`));
    const whole = own.filter(([key]) => key === name);
    const texts = whole.map(([, text]) => text);
    const value =
      texts.length < own.length
        ? unfolded(schemas, inner, nested(own.map(([key, text]) => [key.slice(name.length), text])))
        : texts.length > 1
          ? fromTexts(schemas, inner, texts, texts.at(-1))
          : fromJoined(schemas, inner, whole[0], [",", "|", " "]);
    put(found, name, value);
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
