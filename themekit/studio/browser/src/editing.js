// Edits on their way into the file: shown at once, drawn as a draft, written with the version they were made on.

import { batch } from "@preact/signals";
import * as api from "./api.js";
import { dropDraft, forgetDrafts, requestDraft } from "./drafts.js";
import { record } from "./history.js";
import { decided, threeWay } from "./merge.js";
import { applied, get, inverse, isWithin, listAround } from "./pointer.js";
import { byFile, changedPaths, fileAt, isObject, local, taken, wholeOf, withFile, withWritten } from "./sources.js";
import { agreed, announce, aside, brand, brandId, conflict, dialog, drafted, held, nameOf, offered, pending, saving } from "./store.js";
import { isolated } from "./words.js";

const AFTER_A_DRAG_MS = 150;
const MAX_RETRIES = 3; // of clean merges, where somebody writes the file all the time

let timer = 0;
let isWriting = false;
let underWay = null; // what writes, as a promise
let writing = null; // `{edits}` that are written together, file by file: one step back
let isWanted = false;
let lastGood = null; // what was read before a file with pending edits became no JSON: what they were made on
let isRereadWanted = false; // a file was changed outside while another was written

/** The edits with one more; an earlier one of the same place is replaced. In a list that lost an item places are others now: it is set whole. */
function withEdit(edits, edit) {
  const base = wholeOf(brand.value);
  const list = listAround(base, edit.pointer);
  if (list !== null && edits.some((one) => one.remove && listAround(base, one.pointer) === list)) {
    return withEdit(edits, { pointer: list, value: get(applied(base, [...edits, edit]), list) });
  }
  return [...edits.filter(({ pointer }) => !isWithin(pointer, edit.pointer) || (pointer.endsWith("/-") && pointer !== `${edit.pointer}/-`)), edit];
}

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

/** Writes what is pending, file by file; edits that come meanwhile are written after it. */
export async function commit() {
  clearTimeout(timer);
  isWanted = true;
  if (conflict.value) return;
  if (!isWriting) underWay = writeAll();
  await underWay;
}

async function writeAll() {
  isWriting = true;
  try {
    for (let attempt = 0; isWanted && writable() && attempt < MAX_RETRIES; ) {
      isWanted = false;
      const [path, all] = writable();
      const begun = all.filter(isOfTheSame);
      if (!begun.length) writing = { edits: pending.value };
      if (await written(path, begun.length ? begun : all)) {
        writing.edits = writing.edits.filter(({ pointer }) => taken(pointer).path !== path);
        attempt = 0;
        isWanted ||= Boolean(writable());
      } else attempt += 1;
    }
  } finally {
    isWriting = false;
    writing = null;
  }
  if (isRereadWanted) {
    isRereadWanted = false;
    reread().catch(() => {});
  }
  if (held.value.length && !["failed", "conflict"].includes(saving.value)) saving.value = "held";
}

/** Of what is written together, or what took its place meanwhile; what is edited beside it is a step of its own. */
const isOfTheSame = ({ pointer }) => writing?.edits.some((one) => isWithin(one.pointer, pointer) || isWithin(pointer, one.pointer));

/** The first file with pending edits, and these, one that is begun before others; none of a file of several brands before somebody agreed. */
function writable() {
  const files = [...byFile(pending.value)].filter(([path]) => !held.value.some((one) => one.path === path));
  return files.find(([, edits]) => edits.some(isOfTheSame)) ?? files[0];
}

/** Writes a file of several brands from now on; all of them show what is pending. */
export function agree() {
  agreed.value = [...agreed.value, ...held.value.map(({ path }) => path)];
  return commit();
}

/** Gives up what is pending in files of several brands. */
export function discardHeld() {
  const paths = held.value.map(({ path }) => path);
  batch(() => {
    pending.value = pending.value.filter(({ pointer }) => !paths.includes(taken(pointer).path));
    saving.value = "";
  });
  if (pending.value.length) requestDraft();
  else dropDraft();
}

const put = (read, path, change) =>
  path === "" ? api.writeBrand(read.id, read.version, change) : api.writeSource(read.id, path, fileAt(read, path).version, change);

/** Writes one file's edits. False if the file was another, and they wait or have become a conflict. */
async function written(path, edits) {
  const read = brand.value;
  saving.value = "saving";
  try {
    if (!fileAt(read, path)) throw new Error(`the brand is not made of ${path} any more`);
    settle(read, path, edits, await put(read, path, { edits: local(edits) }));
    return true;
  } catch (error) {
    if (brandId.value !== read.id) return false; // it waits with its brand
    if (error.status === 412) meet(withFile(brand.value, path, error.body));
    else failed(error);
    return false;
  }
}

function settle(read, path, edits, answer) {
  record(read.id, { path, edits, inverse: inverse(wholeOf(read), edits), before: fileAt(read, path).text, after: answer.text, at: writing });
  const isLeft = (one) => !edits.includes(one);
  batch(() => {
    pending.value = pending.value.filter(isLeft);
    if (aside.value[read.id]) keepAside(read.id, aside.value[read.id].edits.filter(isLeft));
    brand.value = withWritten(brand.value, read, { path, answer });
    if (!pending.value.length) settled(read.id);
    saving.value = "saved";
  });
}

function settled(id) {
  drafted.value = null;
  forgetDrafts(id);
}

function failed(error) {
  saving.value = "failed";
  if (error.body?.diagnostics) drafted.value = { diagnostics: error.body.diagnostics };
  announce(`Not saved: ${error.message}`);
}

/** The file is another by now: what does not touch the same places goes on, the rest is for somebody to decide. */
export function meet(theirs) {
  const isBroken = (path) => !isObject(fileAt(theirs, path)?.value);
  if (!isObject(theirs.value) || [...byFile(pending.value).keys()].some(isBroken)) {
    lastGood ??= brand.value;
    batch(() => {
      brand.value = theirs;
      saving.value = "failed";
    });
    announce("The file was changed elsewhere, and is no JSON object now. Your edits are kept until it is.");
    return;
  }
  const base = lastGood?.id === theirs.id ? lastGood : brand.value;
  lastGood = null;
  const merged = threeWay(wholeOf(base), pending.value, wholeOf(theirs));
  if (merged.conflicts.length) {
    batch(() => {
      brand.value = base;
      conflict.value = { ...merged, theirs };
      saving.value = "conflict";
    });
    return;
  }
  batch(() => {
    brand.value = theirs;
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
    brand.value = theirs;
    pending.value = decided(merged, choices);
    conflict.value = null;
    saving.value = "";
  });
  if (pending.value.length) requestDraft();
  else dropDraft();
  return commit();
}

/** Reads the files again after somebody else wrote one; edits made here stay. */
export async function reread() {
  const before = brand.value;
  const { id } = before;
  const answer = await api.readBrand(id);
  if (id !== brandId.value) return;
  if (brand.value !== before && !isWriting) return reread(); // what was saved meanwhile may be newer than the answer
  if (isWriting) {
    isRereadWanted = Boolean(brand.value.sources?.length); // of its own file alone, what is written has the answer
    return;
  }
  const changed = changedPaths(brand.value, answer);
  if (!changed.length && !conflict.value) {
    brand.value = answer;
    return;
  }
  if (!pending.value.length || offered.value || !isObject(brand.value.value)) {
    lastGood = null;
    brand.value = answer;
    if (pending.value.length) requestDraft();
    if (changed.length) announce(`${changed.join(", ")} ${changed.length === 1 ? "was" : "were"} changed outside, and read again`);
    if (pending.value.length && !offered.value && isObject(answer.value)) await commit();
    return;
  }
  meet(answer);
  if (isWanted) await commit();
}

/** Before another brand is opened: writes what was edited, as far as nobody has to agree or choose. */
export async function leave() {
  if (pending.value.length && !offered.value) await commit();
}

/** As another brand takes the place: what is not written waits until this one is opened again. A link's draft does not: there is the link. */
export function setAside() {
  const { id } = brand.value;
  const edits = offered.value ? [] : pending.value;
  if (edits.length) {
    aside.value = { ...aside.value, [id]: { read: lastGood ?? brand.value, edits } };
    announce(`What is not written of ${isolated(nameOf(id))} is kept for when it is opened again`);
  }
  discard();
}

/** These edits wait in a brand that was left, and no others. */
function keepAside(id, edits) {
  const { [id]: kept, ...others } = aside.value;
  aside.value = edits.length ? { ...others, [id]: { ...kept, edits } } : others;
}

export const dropAside = (id) => keepAside(id, []);

/** Goes on with what was set aside when the brand was left. Files may be others by now; what was not agreed to is asked for again. */
export function takeUp() {
  const { id } = brand.value;
  const kept = aside.value[id];
  if (!kept) return;
  const now = brand.value;
  const files = byFile(kept.edits);
  batch(() => {
    dropAside(id);
    agreed.value = agreed.value.filter((path) => !files.has(path));
    brand.value = kept.read;
    pending.value = kept.edits;
    meet(now);
  });
  if (!pending.value.length) return;
  requestDraft();
  if (isWanted) commit();
}

/** Gives up what is pending. */
export function discard() {
  clearTimeout(timer);
  lastGood = null;
  batch(() => {
    pending.value = [];
    offered.value = null;
    if (conflict.value && ["later", "merge"].includes(dialog.value)) dialog.value = "";
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

/** Writes a file's whole text, as the source tab does; returns the refusal's diagnostics, or null when it was written. */
export async function writeText(text, path = "") {
  const read = brand.value;
  saving.value = "saving";
  try {
    const answer = await put(read, path, { text });
    record(read.id, { path, edits: null, inverse: null, before: fileAt(read, path).text, after: answer.text });
    batch(() => {
      brand.value = withWritten(brand.value, read, { path, answer });
      if (brandId.value === read.id) saving.value = "saved";
    });
    settled(read.id);
    return { isWritten: true };
  } catch (error) {
    if (error.status === 412) return { theirs: error.body };
    failed(error);
    return { diagnostics: error.body?.diagnostics ?? [] };
  }
}
