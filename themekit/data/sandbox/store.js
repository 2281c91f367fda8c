// The objects that requests made: created, changed and deleted ones, by the path of their collection. Nothing is kept for good.

import { equal, has, put } from "./schema.js";

const MOST_OBJECTS = 500; // of a collection; older ones are forgotten
const MOST_COLLECTIONS = 2000;
const FAR = 9500; // those of the lists begin at 9001

export const copy = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

export function createStore(data, schemas, state) {
  const collections = new Map();
  const counts = data.kinds.map((_, i) => state?.counts[i] ?? 0);
  for (const [key, { objects, gone }] of state?.collections ?? []) collections.set(key, { objects: new Map(objects), gone: new Set(gone) });

  function collection(key) {
    if (!collections.has(key)) {
      if (collections.size >= MOST_COLLECTIONS) collections.delete(collections.keys().next().value);
      collections.set(key, { objects: new Map(), gone: new Set() });
    }
    return collections.get(key);
  }

  /** The collection's path and the id that a request's path means, by the kind. */
  function place(kind, segments) {
    const depth = kind.parent.split("/").length;
    return { key: segments.slice(0, depth).join("/"), id: segments[depth] };
  }

  const isValid = (schema, value) => schemas.fault(schema, value) === "";

  /** The value with this id, if it may have it. */
  function named(kind, schema, value, id) {
    const own = typeof kind.base === "number" ? Number(id) : id;
    const found = { ...copy(value) };
    put(found, kind.id, own);
    return isValid(schema, found) ? found : value;
  }

  /** The object with the members of another that it may have, one by one. */
  function merged(kind, schema, value, given) {
    let found = value;
    for (const [name, each] of Object.entries(given ?? {})) {
      if (name === kind.id || !(has(found, name) || schemas.names(schema).includes(name)) || equal(found[name], each)) continue;
      const next = { ...found };
      put(next, name, copy(each));
      if (isValid(schema, next)) found = next;
    }
    return found;
  }

  function keep(kind, where, value, given, isMade = false) {
    const { objects } = collection(where.key);
    if (!isValid(kind.schema, value)) return;
    isMade ||= objects.get(where.id)?.isMade ?? false;
    objects.delete(where.id);
    objects.set(where.id, { value: copy(value), given: copy(given), isMade });
    if (objects.size > MOST_OBJECTS) objects.delete(objects.keys().next().value);
  }

  const newId = (kind) => idOf(kind, ++counts[data.kinds.indexOf(kind)]);

  const idOf = (kind, number) => (has(kind.new, "from") ? kind.new.from + number : kind.new.text + String(number).padStart(kind.new.width, "0"));

  return {
    place,
    isGone: (where) => collections.get(where.key)?.gone.has(where.id) ?? false,
    /** What belongs to an object that is gone is gone with it. */
    isBelowGone: (segments) => segments.some((id, i) => collections.get(segments.slice(0, i).join("/"))?.gone.has(id)),
    known: (where) => collections.get(where.key)?.objects.get(where.id),
    /** Everything, as a JSON value. */
    state: () => ({ counts, collections: [...collections].map(([key, { objects, gone }]) => [key, { objects: [...objects], gone: [...gone] }]) }),
    /** The newest first. */
    all: (key) => [...(collections.get(key)?.objects.values() ?? [])].reverse().map((each) => copy(each.value)),
    gone: (key) => collections.get(key)?.gone ?? new Set(),

    /** An object like this one that nobody made, with an id far from those that are given next. */
    another: (kind, value, number) => named(kind, kind.schema, value, String(idOf(kind, FAR + number))),

    create(kind, schema, segments, example, given) {
      if (!isValid(schema, example)) return example;
      const value = merged(kind, schema, named(kind, schema, example, newId(kind)), given);
      keep(kind, { key: segments.join("/"), id: String(value[kind.id]) }, value, given, true);
      return value;
    },

    get(kind, schema, where, example) {
      return copy(this.known(where)?.value) ?? named(kind, schema, example, where.id);
    },

    update(kind, schema, where, example, given) {
      const before = this.known(where);
      const value = merged(kind, schema, before ? copy(before.value) : named(kind, schema, example, where.id), given);
      if (!isValid(schema, value)) return example;
      keep(kind, where, value, { ...before?.given, ...given });
      return value;
    },

    /** What happens to an object besides: the example, as it would be for this object. */
    act(kind, schema, where, example) {
      const before = this.known(where);
      const value = merged(kind, schema, named(kind, schema, example, where.id), before?.given);
      if (before) keep(kind, where, value, before.given);
      return value;
    },

    /** Gone for good if it was made here, or shown by a list only; the examples of the description stay, but in a sandbox of one client. */
    remove(kind, where, { isListed, isPersonal }) {
      const { objects, gone } = collection(where.key);
      const isMade = objects.get(where.id)?.isMade ?? false;
      objects.delete(where.id);
      if (!isPersonal && (where.id === String(kind.base) || !(isMade || isListed))) return;
      gone.add(where.id);
      if (gone.size > MOST_OBJECTS) gone.delete(gone.values().next().value);
    },
  };
}
