// Whether a value is valid by a schema of the sandbox's data, and values from the texts of parameters.

const FORMATS = {
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && isDay(text),
  "date-time": (text) =>
    /^\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(text) &&
    isDay(text.slice(0, 10)),
  time: (text) => /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/.test(text),
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  email: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
  uri: (text) => /^[a-z][a-z0-9+.-]*:[^\s<>"\\^`{|}]*$/i.test(text),
  ipv4: (text) => /^((25[0-5]|2[0-4]\d|1?\d?\d)(\.(?!$)|$)){4}$/.test(text),
  ipv6: (text) => /^[0-9a-f:.]{2,45}$/i.test(text) && text.includes(":"),
  byte: (text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text) && text.length % 4 === 0,
};

function isDay(text) {
  const [year, month, day] = text.split("-").map(Number);
  const long = [31, year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return month >= 1 && month <= 12 && day >= 1 && day <= long[month - 1];
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function kindOf(value) {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

export function equal(one, other) {
  if (one === other) return true;
  if (Array.isArray(one)) return Array.isArray(other) && one.length === other.length && one.every((each, i) => equal(each, other[i]));
  if (!isObject(one) || !isObject(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => has(other, name) && equal(one[name], other[name]));
}

export const has = (object, name) => Object.prototype.hasOwnProperty.call(object, name);

/** Sets a member, whatever its name: `__proto__` is one like any other. */
export function put(object, name, value) {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

export function createSchemas(schemas) {
  const patterns = new Map();
  const whole = (schema) => (typeof schema === "number" ? schemas[schema] : schema);

  function pattern(text) {
    if (!patterns.has(text)) {
      let found = null;
      for (const flags of ["u", ""]) {
        try {
          found = found ?? new RegExp(text, flags);
        } catch {
          // not of this dialect
        }
      }
      patterns.set(text, found);
    }
    return patterns.get(text);
  }

  const matches = (text, value) => pattern(text)?.test(value) ?? true;

  /** What is wrong with the value, in words that begin with its place; "" if nothing is. */
  function fault(schema, value, at = "", depth = 0) {
    schema = whole(schema);
    if (schema === undefined || depth > 200) return "";
    const say = (words) => `${at ? `\`${at}\`` : "the value"} ${words}`;
    const fits = (other, inner = value) => fault(other, inner, at, depth + 1) === "";
    if (has(schema, "$ref")) {
      const found = fault(schema.$ref, value, at, depth + 1);
      if (found) return found;
    }
    const kind = kindOf(value);
    if (has(schema, "type")) {
      const types = [].concat(schema.type);
      if (!types.includes(kind) && !(kind === "number" && Number.isInteger(value) && types.includes("integer")))
        return say(`must be ${types.join(" or ")}`);
    }
    if (has(schema, "const") && !equal(schema.const, value)) return say(`must be ${JSON.stringify(schema.const)}`);
    if (has(schema, "enum") && !schema.enum.some((each) => equal(each, value)))
      return say(`must be one of ${schema.enum.slice(0, 12).map((each) => JSON.stringify(each)).join(", ")}`);
    const own = { number: numbers, string: texts, array: items, object: members }[kind];
    const found = own?.(schema, value, { at, say, fits, depth });
    if (found) return found;
    for (const each of schema.allOf ?? []) {
      const inner = fault(each, value, at, depth + 1);
      if (inner) return inner;
    }
    if (schema.anyOf && !schema.anyOf.some((each) => fits(each))) return nearest(schema.anyOf, value, at, depth) || say("fits none of the schemas");
    if (schema.oneOf) {
      const count = schema.oneOf.filter((each) => fits(each)).length;
      if (count !== 1) return (count === 0 && nearest(schema.oneOf, value, at, depth)) || say(`fits ${count} of the schemas, not one`);
    }
    if (schema.not && fits(schema.not)) return say("is not allowed");
    const then = schema.if && (fits(schema.if) ? schema.then : schema.else);
    return then ? fault(then, value, at, depth + 1) : "";
  }

  /** The fault by the one option of the value's own type, if there is just one. */
  function nearest(options, value, at, depth) {
    const found = options.map((each) => fault(each, value, at, depth + 1)).filter((each) => !/ must be (\w+)( or \w+)*$/.test(each) || options.length === 1);
    return found.length === 1 ? found[0] : "";
  }

  function numbers(schema, value, { say }) {
    if (value < schema.minimum) return say(`must be ${schema.minimum} or more`);
    if (value > schema.maximum) return say(`must be ${schema.maximum} or less`);
    if (value <= schema.exclusiveMinimum) return say(`must be more than ${schema.exclusiveMinimum}`);
    if (value >= schema.exclusiveMaximum) return say(`must be less than ${schema.exclusiveMaximum}`);
    if (schema.multipleOf) {
      const times = value / schema.multipleOf;
      if (Math.abs(times - Math.round(times)) > 1e-9 * Math.max(1, Math.abs(times))) return say(`must be a multiple of ${schema.multipleOf}`);
    }
    if (schema.format === "int32" && Number.isInteger(value) && Math.abs(value + 0.5) > 2 ** 31) return say("must have 32 bits");
    return "";
  }

  function texts(schema, value, { say }) {
    if (has(schema, "minLength") || has(schema, "maxLength")) {
      const length = [...value].length;
      if (length < schema.minLength) return say(`must have ${schema.minLength} characters or more`);
      if (length > schema.maxLength) return say(`must have ${schema.maxLength} characters or fewer`);
    }
    if (has(schema, "pattern") && !matches(schema.pattern, value)) return say(`must match ${schema.pattern}`);
    if (has(schema, "format") && has(FORMATS, schema.format) && !FORMATS[schema.format](value)) return say(`must be a ${schema.format}`);
    return "";
  }

  function items(schema, value, { at, say, fits, depth }) {
    if (value.length < schema.minItems) return say(`must have ${schema.minItems} items or more`);
    if (value.length > schema.maxItems) return say(`must have ${schema.maxItems} items or fewer`);
    if (schema.uniqueItems && value.some((each, i) => value.slice(0, i).some((other) => equal(each, other)))) return say("must have no item twice");
    const first = schema.prefixItems ?? [];
    for (let i = 0; i < value.length; i++) {
      const own = i < first.length ? first[i] : schema.items;
      const found = own === undefined ? "" : fault(own, value[i], `${at}[${i}]`, depth + 1);
      if (found) return found;
    }
    if (schema.contains) {
      const count = value.filter((each) => fits(schema.contains, each)).length;
      if (count < (schema.minContains ?? 1) || count > (schema.maxContains ?? Infinity)) return say("has too few or too many items of a kind");
    }
    return "";
  }

  function members(schema, value, { at, say, fits, depth }) {
    const names = Object.keys(value);
    const below = (name) => (at ? `${at}.${name}` : name);
    for (const name of schema.required ?? []) if (!has(value, name)) return `\`${below(name)}\` is required`;
    if (names.length < schema.minProperties) return say(`must have ${schema.minProperties} members or more`);
    if (names.length > schema.maxProperties) return say(`must have ${schema.maxProperties} members or fewer`);
    for (const name of names) {
      const own = [];
      if (schema.properties && has(schema.properties, name)) own.push(schema.properties[name]);
      for (const [text, each] of Object.entries(schema.patternProperties ?? {})) if (pattern(text)?.test(name)) own.push(each);
      if (own.length === 0 && has(schema, "additionalProperties")) {
        if (equal(schema.additionalProperties, { not: {} })) return `\`${below(name)}\` is unknown`;
        own.push(schema.additionalProperties);
      }
      for (const each of own) {
        const found = fault(each, value[name], below(name), depth + 1);
        if (found) return found;
      }
      if (schema.propertyNames && !fits(schema.propertyNames, name)) return say(`has a member with the name ${JSON.stringify(name)}, which is not allowed`);
      for (const other of schema.dependentRequired?.[name] ?? []) if (!has(value, other)) return `\`${below(other)}\` is required with \`${name}\``;
      if (schema.dependentSchemas && has(schema.dependentSchemas, name) && !fits(schema.dependentSchemas[name])) return say(`does not fit its member \`${name}\``);
    }
    return "";
  }

  /** The schemas that hold together at this level: through references, `allOf` and alternatives. */
  function* parts(schema, depth = 0) {
    schema = whole(schema);
    if (schema === undefined || depth > 12) return;
    yield schema;
    if (has(schema, "$ref")) yield* parts(schema.$ref, depth + 1);
    for (const key of ["allOf", "anyOf", "oneOf"]) for (const each of schema[key] ?? []) yield* parts(each, depth + 1);
  }

  function types(schema) {
    const found = new Set();
    for (const each of parts(schema)) {
      for (const type of [].concat(each.type ?? [])) found.add(type);
      if (each.properties || isObject(each.additionalProperties)) found.add("object");
      if (each.items || each.prefixItems) found.add("array");
    }
    return found;
  }

  /** The schema of a member, or nothing. */
  function member(schema, name) {
    for (const each of parts(schema)) if (each.properties && has(each.properties, name)) return each.properties[name];
    for (const each of parts(schema)) if (isObject(each.additionalProperties) && !each.additionalProperties.not) return each.additionalProperties;
    return undefined;
  }

  const names = (schema) => [...parts(schema)].flatMap((each) => Object.keys(each.properties ?? {}));

  function item(schema) {
    for (const each of parts(schema)) if (each.items) return each.items;
    return {};
  }

  /** The value that a text means by the schema: the first of text, number, boolean and null that is valid. */
  function read(schema, text) {
    const meant = [text];
    if (/^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text)) meant.push(Number(text));
    if (text === "true" || text === "false") meant.push(text === "true");
    if (text === "null" || text === "") meant.push(null);
    const found = meant.find((each) => fault(schema, each) === "");
    if (found !== undefined) return found;
    const kinds = types(schema);
    return meant.length > 1 && kinds.size && !kinds.has("string") ? meant[1] : text;
  }

  return { fault, types, member, names, item, read };
}
