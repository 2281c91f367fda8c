// What the JSON Schema says of a field: kind, choices, limits, default, what it is for. The form knows no field by itself.

import { join, parse } from "../pointer.js";

const SUFFIX = / \(default: (.*)\)$/s;
const MAX_SEGMENTS = 4; // choices: more are a list to open

/** A schema with its references followed, and the `null` that inheritance allows left out. */
export function plain(schema, root) {
  const { anyOf, ...rest } = schema;
  const inner = anyOf?.find((one) => one.type !== "null" && !one.required);
  const merged = inner && !rest.type ? { ...inner, ...rest } : rest;
  if (!merged.$ref) return merged;
  const name = merged.$ref.split("/").at(-1);
  const { $ref, ...own } = merged;
  return { ...root.$defs[name], ...own, isOf: name };
}

const types = (schema) => [schema.type ?? []].flat().filter((one) => one !== "null");
export const choices = (schema) => (schema.enum ?? []).filter((one) => one !== null);

/** An object whose members are named by whoever writes it. */
const isMap = (schema) => typeof schema.additionalProperties === "object" && !schema.properties;

/** "object", "map", "group", "color", "dimension", "list", "segments", "select", "switch", "number", "whole", "asset", "family", "long" or "text". */
export function kindOf(schema, pointer) {
  if (["color", "dimension", "group"].includes(schema.isOf)) return schema.isOf;
  const kinds = types(schema);
  const parts = parse(pointer);
  if (kinds.includes("object")) return isMap(schema) ? "map" : "object";
  if (kinds.includes("array")) return "list";
  if (choices(schema).length) return choices(schema).length <= MAX_SEGMENTS ? "segments" : "select";
  if (kinds.length === 1 && kinds[0] === "number") return "number";
  if (kinds.length === 1 && kinds[0] === "integer") return "whole";
  if (kinds.length === 1 && kinds[0] === "boolean") return "switch";
  if (parts[0] === "logos" || (parts.at(-1) === "path" && parts[0] !== "routes")) return "asset";
  if (parts.at(-1) === "family") return "family";
  return (schema.maxLength ?? 0) >= 400 && !schema.pattern && !/url$/i.test(parts.at(-1)) ? "long" : "text";
}

export function aboutOf(schema) {
  const text = schema.description ?? "";
  return { note: text.replace(SUFFIX, ""), fallback: SUFFIX.exec(text)?.[1] ?? "" };
}

/** Whether a brand that extends nothing must have the field: the schema says so in the last of its alternatives. */
export function isRequired(pointer, root) {
  const parts = parse(pointer);
  const key = parts.pop();
  const within = parts.reduce((schema, part) => schema?.properties?.[part], root.anyOf?.at(-1));
  return within?.required?.includes(key) ?? false;
}

/** The place of the field that shows a place of the file: itself, or what it is a part of; null if the form has none. */
export function fieldOf(pointer, root) {
  let schema = root;
  let at = "";
  const parts = parse(pointer);
  for (const [number, part] of parts.entries()) {
    if (schema.isOf) return at;
    if (schema.items) {
      const item = plain(schema.items, root);
      const isWhole = number === parts.length - 1 && (item.properties || at === "/portal/sections");
      if (isWhole) return at;
      schema = item;
    } else if (isMap(schema)) schema = plain(schema.additionalProperties, root);
    else if (schema.properties?.[part] && !part.startsWith("$")) schema = plain(schema.properties[part], root);
    else return null;
    at = join(at, part);
  }
  return schema.isOf === "group" ? null : at;
}

/** The fields of an object in the schema's order: `[key, schema]`. */
export const membersOf = (schema, root) =>
  Object.entries(schema.properties ?? {})
    .filter(([key]) => !key.startsWith("$"))
    .map(([key, one]) => [key, plain(one, root)]);

const ORDER = ["color", "typography", "shape", "logos", "portal", "urls", "contact", "api", "sdk"];

/** Sections of the form: what has members, the look first, what the schema adds last; single values are the brand's own. */
export function sectionsOf(root, { note = "Name, language and version" } = {}) {
  const members = membersOf(root, root).filter(([, schema]) => schema.isOf !== "group");
  const isLarge = ([key, schema]) => ["object", "map"].includes(kindOf(schema, `/${key}`));
  const objects = members.filter(isLarge);
  const singles = members.filter((member) => !isLarge(member));
  const place = ([key]) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
  const own = { key: "", pointer: "", schema: { description: note }, members: singles };
  const sections = [...objects].sort((one, other) => place(one) - place(other));
  const made = sections.map(([key, schema]) =>
    isMap(schema) ? { key, pointer: "", schema, members: [[key, schema]] } : { key, pointer: `/${key}`, schema, members: membersOf(schema, root) },
  );
  return [made[0], own, ...made.slice(1)].filter(Boolean);
}
