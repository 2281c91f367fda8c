// How edits are written into a link: JSON, deflated, in base64url, after `#share=`. What comes in is somebody else's.

export const FORMAT = 1;
const MAX_LINK = 200_000; // characters, of which a look has some thousands
const MAX_TEXT = 1_000_000; // bytes unpacked, the limit of a brand's file
const MAX_NOTE = 200;

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
    note: String(read.note ?? "").slice(0, MAX_NOTE),
    edits: read.edits.map((edit) => (edit.remove ? { pointer: edit.pointer, remove: true } : { pointer: edit.pointer, value: edit.value })),
  };
}
