// A link that carries edits, and what opening one does: its edits are shown as a draft, and written when somebody applies it.

import { batch } from "@preact/signals";
import { requestDraft } from "./drafts.js";
import { leave } from "./editing.js";
import { sessionStart } from "./history.js";
import { difference, get, same } from "./pointer.js";
import { packed, readLink, written } from "./share_code.js";
import { SOURCES, byFile, fileAt, placeIn, taken, wholeOf } from "./sources.js";
import { announce, brand, offered, pending, project, value } from "./store.js";
import { listed } from "./words.js";

const LOOK = ["/color", "/tokens", "/typography", "/shape"];

/** The changes of this session, in whatever file, and the whole look that the brand's own file has, as edits. */
export function shareable() {
  const now = value.value ?? {};
  return {
    session: difference(sessionStart() ?? now, now).filter(({ pointer }) => taken(pointer).pointer !== ""),
    look: LOOK.filter((pointer) => get(now, pointer) !== undefined).map((pointer) => ({ pointer, value: get(now, pointer) })),
  };
}

export async function linkOf(edits, note = "") {
  return `${location.origin}/#share=${await packed(written({ brand: brand.value.id, note, edits }))}`;
}

/** Shows the edits of a link as a draft, on the brand they were made for, else on the one that is open. */
export async function openSharedLink(link, openBrand) {
  let read;
  try {
    read = await readLink(link);
    if (project.value.brands.some(({ id }) => id === read.brand)) {
      await openBrand(read.brand);
      if (brand.value.id !== read.brand) throw new Error("another brand was chosen meanwhile");
    }
    history.replaceState(null, "", `#brand=${encodeURIComponent(brand.value.id)}`);
    await leave();
    if (pending.value.length && !offered.value) throw new Error("write or discard what is not written yet first");
  } catch (error) {
    announce(`Link not opened: ${error.message}`);
    throw error;
  }
  const now = wholeOf(brand.value) ?? {};
  const all = read.edits.map(inOwnFile);
  const left = [...byFile(all).keys()].filter((path) => !isEdited(path));
  const carried = all.filter(({ pointer }) => !left.includes(taken(pointer).path));
  const edits = carried.filter((edit) => !same(get(now, edit.pointer), edit.remove ? undefined : edit.value));
  if (!edits.length) {
    announce(left.length ? `The link changes ${listed(left)}, which this brand is not made of or which cannot be edited here` : "The link changes nothing here: the brand already is so");
    return;
  }
  batch(() => {
    offered.value = { note: read.note, left };
    pending.value = edits;
  });
  requestDraft();
}

/** Somebody's program may name the brand's own file as it names others: such an edit is one without `source`. */
function inOwnFile(edit) {
  const { path, pointer } = taken(edit.pointer);
  return path === brand.value.path ? { ...edit, pointer } : edit;
}

/** A file of this path is the brand's, and can be edited here. */
function isEdited(path) {
  const file = fileAt(brand.value, path);
  return path === "" || Boolean(file && !file.refusal && file.value !== null);
}

/** Hands out a file of the brand, its own for "", as the browser's download; with what is pending, if something is. */
export function exportFile(path = "") {
  const file = fileAt(brand.value, path);
  const edits = byFile(pending.value).get(path) ?? [];
  const after = edits.length ? get(value.value, path === "" ? "" : placeIn(path)) : null;
  const { [SOURCES]: _, ...own } = path === "" && after ? after : {};
  const text = edits.length ? `${JSON.stringify(path === "" ? own : after, null, 2)}\n` : file.text;
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: file.path.split("/").at(-1) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
