// A link that carries edits: JSON, deflated, in base64url, after `#share=`. It opens in any Studio of the same project, as a draft.

import { batch } from "@preact/signals";
import { requestDraft } from "./drafts.js";
import { sessionStart } from "./history.js";
import { difference, get, same } from "./pointer.js";
import { announce, brand, offered, pending, project, value } from "./store.js";

const FORMAT = 1;
const MAX_LINK = 200_000; // characters, of which a look has some thousands
const MAX_TEXT = 1_000_000; // bytes unpacked, the limit of a brand's file
export const LOOK = ["/color", "/tokens", "/typography", "/shape"];

/** The changes of this session, and the whole look of the brand, as edits. */
export function shareable() {
  const now = value.value ?? {};
  return {
    session: difference(sessionStart() ?? now, now),
    look: LOOK.filter((pointer) => get(now, pointer) !== undefined).map((pointer) => ({ pointer, value: get(now, pointer) })),
  };
}

export async function linkOf(edits, note = "") {
  const text = JSON.stringify({ format: FORMAT, brand: brand.value.id, note, edits });
  return `${location.origin}/#share=${await packed(text)}`;
}

async function piped(bytes, stream) {
  const response = new Response(new Blob([bytes]).stream().pipeThrough(stream));
  return new Uint8Array(await response.arrayBuffer());
}

export async function packed(text) {
  const bytes = await piped(new TextEncoder().encode(text), new CompressionStream("deflate-raw"));
  return btoa(Array.from(bytes, (one) => String.fromCharCode(one)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
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
  const isEdit = (edit) => typeof edit?.pointer === "string" && edit.pointer.startsWith("/") && (edit.remove === true || "value" in edit);
  if (read?.format !== FORMAT || !Array.isArray(read.edits) || !read.edits.every(isEdit)) throw new Error("the link is of another kind or version");
  return {
    brand: String(read.brand),
    note: String(read.note ?? "").slice(0, 200),
    edits: read.edits.map((edit) => (edit.remove ? { pointer: edit.pointer, remove: true } : { pointer: edit.pointer, value: edit.value })),
  };
}

/** Shows the edits of a link as a draft, on the brand they were made for, else on the one that is open. */
export async function openSharedLink(link, openBrand) {
  let read;
  try {
    read = await readLink(link);
  } catch (error) {
    announce(`Link not opened: ${error.message}`);
    throw error;
  }
  if (read.brand !== brand.value.id && project.value.brands.some(({ id }) => id === read.brand)) await openBrand(read.brand);
  history.replaceState(null, "", `#brand=${encodeURIComponent(brand.value.id)}`);
  const now = brand.value.value ?? {};
  const edits = read.edits.filter((edit) => !same(get(now, edit.pointer), edit.remove ? undefined : edit.value));
  if (!edits.length) {
    announce("The link changes nothing here: the brand already is so");
    return;
  }
  batch(() => {
    offered.value = { note: read.note };
    pending.value = edits;
  });
  requestDraft();
}

/** Hands out the brand's file as the browser's download. */
export function exportBrand() {
  const text = pending.value.length ? `${JSON.stringify(value.value, null, 2)}\n` : brand.value.text;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: "brand.json" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
