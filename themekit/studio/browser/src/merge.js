// Three versions of a brand file by JSON Pointer: what was read, what was edited here, what stands in the file now.

import { applied, get, isWithin, listAround, same } from "./pointer.js";

/**
 * Sorts edits made on `base` against the file as it is now.
 * `clean` can be made on the file as they are; of a conflict somebody chooses, the three values beside one another.
 */
export function threeWay(base, edits, theirs) {
  const mine = applied(base, edits);
  const clean = [];
  const conflicts = [];
  const seen = new Set();
  for (const edit of edits) {
    const place = listAround(base, edit.pointer) ?? listAround(theirs, edit.pointer) ?? edit.pointer;
    const [was, here, there] = [get(base, place), get(mine, place), get(theirs, place)];
    if (same(here, there)) continue;
    if (same(was, there)) clean.push(edit);
    else if (!seen.has(place)) {
      seen.add(place);
      conflicts.push({ pointer: place, base: was, mine: here, theirs: there });
    }
  }
  return { clean: clean.filter((edit) => !conflicts.some(({ pointer }) => isWithin(edit.pointer, pointer))), conflicts };
}

/** The edits of a merge after each conflict was decided: `choices` has "mine" or "theirs" by pointer. */
export function decided({ clean, conflicts }, choices) {
  const kept = conflicts.filter(({ pointer }) => choices[pointer] === "mine");
  return [...clean, ...kept.map(({ pointer, mine }) => (mine === undefined ? { pointer, remove: true } : { pointer, value: mine }))];
}
