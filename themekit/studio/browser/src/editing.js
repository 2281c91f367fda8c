// Edits on their way into the file: shown at once, drawn as a draft, written with the version they were made on.

import { batch } from "@preact/signals";
import * as api from "./api.js";
import { forgetDraft } from "./channel.js";
import { dropDraft, requestDraft } from "./drafts.js";
import { record } from "./history.js";
import { decided, threeWay } from "./merge.js";
import { inverse, isWithin } from "./pointer.js";
import { announce, brand, brandId, conflict, dialog, drafted, offered, pending, saving } from "./store.js";

const AFTER_A_DRAG_MS = 150;
const MAX_RETRIES = 3; // of clean merges, where somebody writes the file all the time

let timer = 0;
let isWriting = false;
let isWanted = false;

/** The edits with one more; an earlier one of the same place is replaced. */
const withEdit = (edits, edit) => [...edits.filter(({ pointer }) => !isWithin(pointer, edit.pointer) || pointer.endsWith("/-")), edit];

export const editOf = (pointer, value) => (value === undefined ? { pointer, remove: true } : { pointer, value });

/** Shows an edit without writing it: while a slider is dragged, a text typed. */
export function preview(pointer, value) {
  clearTimeout(timer);
  pending.value = withEdit(pending.value, editOf(pointer, value));
  sortAgain();
  requestDraft();
}

/** Shows an edit, and writes it. */
export function edit(pointer, value, { delay = 0 } = {}) {
  preview(pointer, value);
  commitSoon(delay);
}

export function editAll(edits) {
  pending.value = edits.reduce(withEdit, pending.value);
  sortAgain();
  requestDraft();
  return offered.value ? undefined : commit();
}

export function commitSoon(delay = AFTER_A_DRAG_MS) {
  clearTimeout(timer);
  if (!offered.value) timer = setTimeout(commit, delay);
}

/** Writes what is pending; edits that come meanwhile are written after it. */
export async function commit() {
  clearTimeout(timer);
  isWanted = true;
  if (isWriting || conflict.value) return;
  isWriting = true;
  try {
    for (let attempt = 0; isWanted && pending.value.length && attempt < MAX_RETRIES; ) {
      isWanted = false;
      if (await written({ edits: pending.value })) attempt = 0;
      else attempt += 1;
    }
  } finally {
    isWriting = false;
  }
}

/** Writes one change. False if the file was another, and the change waits or has become a conflict. */
async function written(change) {
  const read = brand.value;
  saving.value = "saving";
  try {
    const answer = await api.writeBrand(read.id, read.version, change);
    settle(read, change.edits, answer);
    return true;
  } catch (error) {
    if (error.status === 412) meet(error.body);
    else failed(error);
    return false;
  }
}

function settle(read, edits, answer) {
  record({ edits, inverse: inverse(read.value, edits), before: read.text, after: answer.text, version: answer.version });
  batch(() => {
    pending.value = pending.value.filter((one) => !edits.includes(one));
    if (brandId.value === read.id) brand.value = { ...brand.value, ...answer };
    if (!pending.value.length) settled(read.id);
    saving.value = "saved";
  });
}

function settled(id) {
  drafted.value = null;
  forgetDraft(id);
}

function failed(error) {
  saving.value = "failed";
  if (error.body?.diagnostics) drafted.value = { diagnostics: error.body.diagnostics };
  announce(`Not saved: ${error.message}`);
}

/** The file is another by now: what does not touch the same places goes on, the rest is for somebody to decide. */
export function meet(theirs) {
  if (theirs.value === null || theirs.value === undefined) {
    batch(() => {
      brand.value = { ...brand.value, ...theirs, value: null };
      saving.value = "failed";
    });
    announce("The file was changed elsewhere, and is no JSON now. Your edits are kept until it is.");
    return;
  }
  const merged = threeWay(brand.value.value, pending.value, theirs.value);
  if (merged.conflicts.length) {
    batch(() => {
      conflict.value = { ...merged, theirs };
      saving.value = "conflict";
    });
    return;
  }
  batch(() => {
    brand.value = { ...brand.value, ...theirs };
    pending.value = merged.clean;
    if (conflict.value && ["later", "merge"].includes(dialog.value)) dialog.value = "";
    conflict.value = null;
    saving.value = merged.clean.length ? "saving" : "saved";
  });
  isWanted = merged.clean.length > 0;
  if (!merged.clean.length) dropDraft();
}

/** While somebody still has to choose, more is edited: the choice is of the edits as they are now. */
function sortAgain() {
  if (conflict.value) meet(conflict.value.theirs);
}

/** Goes on after a conflict, with a choice of "mine" or "theirs" for each of its places. */
export function decide(choices) {
  const { theirs, ...merged } = conflict.value;
  batch(() => {
    brand.value = { ...brand.value, ...theirs };
    pending.value = decided(merged, choices);
    conflict.value = null;
    saving.value = "";
  });
  if (pending.value.length) requestDraft();
  else dropDraft();
  return commit();
}

/** Reads the file again after somebody else wrote it; edits made here stay. */
export async function reread() {
  const id = brandId.value;
  const answer = await api.readBrand(id);
  if (id !== brandId.value || isWriting) return;
  if (answer.version === brand.value.version && !conflict.value) {
    brand.value = answer;
    return;
  }
  if (!pending.value.length || offered.value || brand.value.value === null) {
    brand.value = answer;
    if (pending.value.length) requestDraft();
    announce(`${answer.path} was changed outside, and read again`);
    if (pending.value.length && !offered.value && answer.value !== null) await commit();
    return;
  }
  meet(answer);
  if (isWanted) await commit();
}

/** Gives up what is pending. */
export function discard() {
  clearTimeout(timer);
  batch(() => {
    pending.value = [];
    offered.value = null;
    conflict.value = null;
    saving.value = "";
  });
  dropDraft();
}

/** Makes the edits of a shared link the file's. */
export function applyOffered() {
  offered.value = null;
  return commit();
}

/** Writes a whole text, as the source tab does; returns the refusal's diagnostics, or null when it was written. */
export async function writeText(text) {
  const read = brand.value;
  saving.value = "saving";
  try {
    const answer = await api.writeBrand(read.id, read.version, { text });
    record({ edits: null, inverse: null, before: read.text, after: answer.text, version: answer.version });
    batch(() => {
      brand.value = { ...brand.value, ...answer };
      saving.value = "saved";
    });
    settled(read.id);
    return { isWritten: true };
  } catch (error) {
    if (error.status === 412) return { theirs: error.body };
    failed(error);
    return { diagnostics: error.body?.diagnostics ?? [] };
  }
}
