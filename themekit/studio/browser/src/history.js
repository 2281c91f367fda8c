// Undo and redo. What was written last is taken back to the byte; what lies deeper in a file that others changed, by place.

import { batch, computed, effect, signal } from "@preact/signals";
import * as api from "./api.js";
import { get, same } from "./pointer.js";
import { fileAt, local, wholeOf, withFile, withWritten } from "./sources.js";
import { announce, brand, brandId, offered, pending, saving } from "./store.js";
import { listed } from "./words.js";

const MAX_STEPS = 200;

/** Steps by brand, each of one file: `{path, edits, inverse, before, after, at}` with the file's texts before and after. Those of one `at` were written at once. */
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

export const undo = () => inTurn((id) => move(id, done, undone, "undone"));
export const redo = () => inTurn((id) => move(id, undone, done, "redone"));

let last = Promise.resolve();

/** One after the other: who presses a key three times means three steps, of the brand that is looked at then. */
function inTurn(run) {
  const id = brandId.value;
  last = last.then(() => run(id));
  return last;
}

/** Waits for edits that are on their way into the file: they are steps, too. False if they cannot be written now. */
function allWritten(id) {
  return new Promise((resolve) => {
    const stop = effect(() => {
      const isStuck = brandId.value !== id || offered.value !== null || ["failed", "conflict", "held"].includes(saving.value);
      if (pending.value.length && !isStuck) return;
      resolve(brandId.value === id && !pending.value.length);
      queueMicrotask(() => stop());
    });
  });
}

async function move(id, from, to, word) {
  if (!(await allWritten(id))) {
    if (brandId.value === id && saving.value === "held") announce("Write or discard the change of the shared file first");
    return;
  }
  const steps = latest(stack(from, id));
  const left = [];
  for (const step of steps) {
    if (brandId.value !== id) return; // another brand was opened meanwhile: the rest stays to be taken back in its own
    const change = changeOf(step, brand.value);
    if (!change) {
      take(from, id, step);
      left.push(step);
    } else if (!(await written(step, change, { from, to, word }))) return;
  }
  if (!steps.length) return;
  announce(left.length === steps.length ? "The file was changed there since: this step is left out" : `Last change ${word}${but(left)}`);
}

const but = (left) => (left.length ? `, but in ${listed(left.map(({ path }) => path || brand.value.path))}, which was changed there since` : "");

/** What was written at once, the last first. */
function latest(steps) {
  const at = steps.at(-1)?.at;
  const before = at ? steps.findLastIndex((one) => one.at !== at) : steps.length - 2;
  return steps.slice(Math.max(0, before + 1)).toReversed();
}

const take = (all, id, step) => put(all, id, stack(all, id).filter((one) => one !== step));

/** Writes one file of a step back. False if it could not be; then the step stays. */
async function written(step, change, { from, to, word }) {
  const read = brand.value;
  const { id } = read;
  const { path } = step;
  saving.value = "saving";
  try {
    const answer = await (path === "" ? api.writeBrand(id, read.version, change) : api.writeSource(id, path, fileAt(read, path).version, change));
    batch(() => {
      take(from, id, step);
      put(to, id, [...stack(to, id), turned(step, fileAt(read, path).text, answer)]);
      brand.value = withWritten(brand.value, read, { path, answer });
      saving.value = "saved";
    });
    return true;
  } catch (error) {
    saving.value = pending.value.length ? "failed" : "";
    announce(error.status === 412 ? "The file has just been changed; try again" : `Not ${word}: ${error.message}`);
    return false;
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

/** The step that takes the other way, from the text that there was: somebody may have changed other places of it since. */
const turned = (step, text, answer) => ({
  path: step.path,
  edits: step.inverse,
  inverse: step.edits,
  before: text,
  after: answer.text,
  at: step.at,
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
