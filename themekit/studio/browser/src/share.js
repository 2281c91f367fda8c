// A link that carries edits, and what opening one does: its edits are shown as a draft, and written when somebody applies it.

import { batch } from "@preact/signals";
import { requestDraft } from "./drafts.js";
import { sessionStart } from "./history.js";
import { difference, get, same } from "./pointer.js";
import { FORMAT, packed, readLink } from "./share_code.js";
import { announce, brand, offered, pending, project, value } from "./store.js";

const LOOK = ["/color", "/tokens", "/typography", "/shape"];

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
