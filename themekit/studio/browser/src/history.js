// Undo and redo. What was written last is taken back to the byte; what lies deeper in a file that others changed, by place.

import { batch, computed, effect, signal } from "@preact/signals";
import * as api from "./api.js";
import { get, same } from "./pointer.js";
import { fileAt, local, wholeOf, withFile } from "./sources.js";
import { announce, brand, brandId, offered, pending, saving } from "./store.js";

const MAX_STEPS = 200;

/** Steps by brand, each of one file: `{path, edits, inverse, before, after}` with the file's texts before and after. */
const done = signal({});
const undone = signal({});

const stack = (all, id) => all.value[id] ?? [];
const put = (all, id, steps) => {
  all.value = { ...all.value, [id]: steps.slice(-MAX_STEPS) };
};

export const canUndo = computed(() => stack(done, brandId.value).length > 0);
export const canRedo = computed(() => stack(undone, brandId.value).length > 0);

/** Of the brand that was written, which need not be the one that is edited by now. */
export function record(id, step) {
  if (step.before === step.after) return; // a slider that was let go where it was taken
  batch(() => {
    put(done, id, [...stack(done, id), step]);
    put(undone, id, []);
  });
}

export const undo = () => inTurn(() => move(done, undone, "undone"));
export const redo = () => inTurn(() => move(undone, done, "redone"));

let last = Promise.resolve();

/** One after the other: who presses a key three times means three steps. */
const inTurn = (run) => (last = last.then(run));

/** Waits for edits that are on their way into the file: they are steps, too. False if they cannot be written now. */
function allWritten() {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const isStuck = offered.value !== null || ["failed", "conflict", "held"].includes(saving.value);
      if (pending.value.length && !isStuck) return;
      resolve(!pending.value.length);
      queueMicrotask(() => stop());
    });
  });
}

async function move(from, to, word) {
  if (!(await allWritten())) {
    if (saving.value === "held") announce("Write or discard the change of the shared file first");
    return;
  }
  const read = brand.value;
  const { id } = read;
  const step = stack(from, id).at(-1);
  if (!step) return;
  const change = changeOf(step, read);
  if (!change) {
    put(from, id, stack(from, id).slice(0, -1));
    announce("The file was changed there since: this step is left out");
    return;
  }
  saving.value = "saving";
  try {
    const { path } = step;
    const answer = await (path === "" ? api.writeBrand(id, read.version, change) : api.writeSource(id, path, fileAt(read, path).version, change));
    batch(() => {
      put(from, id, stack(from, id).slice(0, -1));
      put(to, id, [...stack(to, id), turned(step, answer)]);
      if (brandId.value === id) brand.value = withFile(brand.value, path, answer);
      saving.value = "saved";
    });
    announce(`Last change ${word}`);
  } catch (error) {
    saving.value = pending.value.length ? "failed" : "";
    announce(error.status === 412 ? "The file has just been changed; try again" : `Not ${word}: ${error.message}`);
  }
}

/** What takes a step back: the text before, or edits, if nobody changed their places; null if somebody did. */
function changeOf(step, read) {
  const file = fileAt(read, step.path);
  if (file?.text === step.after) return { text: step.before };
  const whole = wholeOf(read);
  if (!step.edits || whole === null || !file || file.value === null) return null;
  const isAsLeft = step.edits.every(
    (edit) => edit.pointer.endsWith("/-") === false && same(get(whole, edit.pointer), edit.remove ? undefined : edit.value),
  );
  return isAsLeft ? { edits: local(step.inverse) } : null;
}

/** The step that takes the other way. */
const turned = (step, answer) => ({
  path: step.path,
  edits: step.inverse,
  inverse: step.edits,
  before: step.after,
  after: answer.text,
});

/** Every value as it was before this session's edits, for a link that carries them. */
export function sessionStart() {
  const first = new Map(stack(done, brandId.value).toReversed().map(({ path, before }) => [path, before]));
  try {
    const start = [...first].filter(([path]) => fileAt(brand.value, path));
    return wholeOf(start.reduce((read, [path, text]) => withFile(read, path, { text, value: JSON.parse(text) }), brand.value));
  } catch {
    return null;
  }
}
