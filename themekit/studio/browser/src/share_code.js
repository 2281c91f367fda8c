// How edits are written into a link: JSON, deflated, in base64url, after `#share=`. What comes in is somebody else's.

import { parse } from "./pointer.js";
import { SOURCES, placeIn, taken } from "./sources.js";

export const FORMAT = 1;
const WITH_FILES = 2; // edits may have `source`, the path of a further file: older Studios do not open it
const MAX_LINK = 200_000; // characters, of which a look has some thousands
const MAX_TEXT = 1_000_000; // bytes unpacked, the limit of a brand's file
const MAX_VALUES = 100_000; // as many as the Studio takes in one request
const MAX_NOTE = 200;

async function piped(bytes, stream) {
  const response = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await response.arrayBuffer());
}

export async function packed(text) {
  const bytes = await piped(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The text that a link carries: edits of further files name these. */
export function written({ brand, note, edits }) {
  const apart = edits.map((edit) => {
    const { path, pointer } = taken(edit.pointer);
    return path ? { ...edit, pointer, source: path } : edit;
  });
  const format = apart.some(({ source }) => source) ? WITH_FILES : FORMAT;
  return JSON.stringify({ format, brand, note, edits: apart });
}

export async function unpacked(code) {
  if (code.length > MAX_LINK) throw new Error("the link is too long");
  const binary = atob(code.replaceAll("-", "+").replaceAll("_", "/"));
  const stream = new Blob([Uint8Array.from(binary, (one) => one.charCodeAt(0))]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const parts = [];
  let size = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.length;
    if (size > MAX_TEXT) throw new Error("what the link carries is too large");
    parts.push(next.value);
  }
  return new Blob(parts).text();
}

/** Whether a value and all in it are more values than that; what is larger is not looked at to its end. */
function holdsMoreThan(most, value) {
  const waiting = [value];
  for (let count = 1; waiting.length; ) {
    const each = waiting.pop();
    if (each === null || typeof each !== "object") continue;
    const inner = Object.values(each);
    count += inner.length;
    if (count > most) return true;
    for (const one of inner) waiting.push(one);
  }
  return false;
}

/** What a link, or only its last part, carries. Raises an error with what is wrong. */
export async function readLink(link) {
  const code = /(?:#share=|^)([\w-]+)\s*$/.exec(link.trim())?.[1];
  if (!code) throw new Error("this is no link of a Studio: it has no #share=");
  let read;
  try {
    read = JSON.parse(await unpacked(code));
  } catch (error) {
    throw new Error(`the link is damaged or cut off (${error.message})`);
  }
  if (holdsMoreThan(MAX_VALUES, read)) throw new Error(`what the link carries has more than ${MAX_VALUES.toLocaleString("en")} values`);
  const isFile = (edit) => edit.source === undefined || (read.format === WITH_FILES && typeof edit.source === "string" && edit.source !== "");
  const isEdit = (edit) =>
    typeof edit?.pointer === "string" && edit.pointer.startsWith("/") && parse(edit.pointer)[0] !== SOURCES && (edit.remove === true || "value" in edit) && isFile(edit);
  if (![FORMAT, WITH_FILES].includes(read?.format) || !Array.isArray(read.edits) || !read.edits.every(isEdit)) throw new Error("the link is of another kind or version");
  return {
    brand: String(read.brand),
    note: String(read.note ?? "").slice(0, MAX_NOTE),
    edits: read.edits.map((edit) => {
      const pointer = edit.source === undefined ? edit.pointer : placeIn(edit.source, edit.pointer);
      return edit.remove ? { pointer, remove: true } : { pointer, value: edit.value };
    }),
  };
}
