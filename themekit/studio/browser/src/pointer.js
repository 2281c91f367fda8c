// JSON Pointer (RFC 6901) over values that are never changed in place: what an edit leaves alone stays the same object.

export const parse = (pointer) =>
  pointer === "" ? [] : pointer.slice(1).split("/").map((part) => part.replace(/~1/g, "/").replace(/~0/g, "~"));

export const join = (pointer, ...parts) =>
  pointer + parts.map((part) => `/${String(part).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");

export const parent = (pointer) => pointer.slice(0, pointer.lastIndexOf("/"));

export const isWithin = (inner, outer) => inner === outer || inner.startsWith(`${outer}/`);

const isObject = (value) => value !== null && typeof value === "object";
const own = (value, key) =>
  isObject(value) && Object.prototype.hasOwnProperty.call(value, key) ? value[key] : undefined;

/** The value at a pointer; undefined where there is none. */
export const get = (value, pointer) => parse(pointer).reduce(own, value);

/** The value with one place changed; `undefined` removes the place, `-` appends to a list, objects on the way are made. */
export function set(value, pointer, next) {
  if (next === undefined && get(value, pointer) === undefined) return value;
  return put(value, parse(pointer), next);
}

function put(value, parts, next) {
  if (!parts.length) return next;
  const [key, ...rest] = parts;
  if (Array.isArray(value)) return putItem(value, key, rest, next);
  const members = isObject(value) ? value : {};
  const inner = put(own(members, key), rest, next);
  if (inner === undefined) return Object.fromEntries(Object.entries(members).filter(([name]) => name !== key));
  return own(members, key) === inner ? value : defined(members, key, inner);
}

/** A copy with one member set, whatever its name: assignment would miss `__proto__`. */
const defined = (members, key, value) =>
  Object.fromEntries([...Object.entries(members).filter(([name]) => name !== key || key in members), [key, value]]);

function putItem(list, key, rest, next) {
  const index = key === "-" ? list.length : Number(key);
  if (!Number.isInteger(index) || index < 0 || index > list.length) return list;
  const inner = put(list[index], rest, next);
  if (inner === undefined) return list.filter((_, at) => at !== index);
  return [...list.slice(0, index), inner, ...list.slice(index + 1)];
}

/** The value after edits `{pointer, value}` and `{pointer, remove: true}`, one after the other. */
export const applied = (value, edits) =>
  edits.reduce((result, edit) => set(result, edit.pointer, edit.remove ? undefined : edit.value), value);

/** Whether two JSON values are the same; the order of members does not count. */
export function same(one, other) {
  if (one === other) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => name in other && same(one[name], other[name]));
}

/** The edits that take one value back to another where edits went, in the order in which to apply them. */
export function inverse(before, edits) {
  const steps = [];
  let value = before;
  for (const edit of edits) {
    steps.unshift(undoing(value, edit));
    value = set(value, edit.pointer, edit.remove ? undefined : edit.value);
  }
  return steps;
}

/** Takes back one edit: the old value, or the removal of the topmost object that the edit made. A list is put back whole. */
function undoing(value, edit) {
  const list = listAround(value, edit.pointer);
  if (list !== null) return { pointer: list, value: get(value, list) };
  const old = get(value, edit.pointer);
  if (old !== undefined) return { pointer: edit.pointer, value: old };
  let made = edit.pointer;
  while (parent(made) !== "" && get(value, parent(made)) === undefined) made = parent(made);
  return { pointer: made, remove: true };
}

/** The pointer of the outermost list that a pointer leads into; null if it leads into none. */
export function listAround(value, pointer) {
  let at = "";
  for (const part of parse(pointer)) {
    if (Array.isArray(get(value, at))) return at;
    at = join(at, part);
  }
  return null;
}

/** The smallest edits that make one value into another; a list that differs is set whole. */
export function difference(before, after, at = "") {
  if (same(before, after)) return [];
  const areObjects = isObject(before) && isObject(after) && !Array.isArray(before) && !Array.isArray(after);
  if (!areObjects) return [{ pointer: at, value: after }];
  const edits = [];
  for (const name of Object.keys(before)) {
    if (!(name in after)) edits.push({ pointer: join(at, name), remove: true });
  }
  for (const name of Object.keys(after)) {
    const inner = join(at, name);
    if (name in before) edits.push(...difference(before[name], after[name], inner));
    else edits.push({ pointer: inner, value: after[name] });
  }
  return edits;
}
