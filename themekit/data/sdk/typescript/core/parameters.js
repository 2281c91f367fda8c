// How values are written into paths, queries, headers and cookies: the styles of OpenAPI, after RFC 6570.

import { writeJson } from "./json.js";

const DELIMITERS = {
  form: ",",
  spaceDelimited: "%20",
  pipeDelimited: "%7C",
  deepObject: ",",
};

export function fillPath(template, parameters, values) {
  let path = template;
  parameters.forEach((parameter, index) => {
    const name = nameOf(parameter);
    const value = pathValue(parameter, values[index]);
    path = path.split(`{${name}}`).join(value);
  });
  return path;
}

export function queryPairs(parameter, value) {
  const name = encodeURIComponent(nameOf(parameter));
  const write = parameter.reserved ? encodeReserved : encodeText;
  if (parameter.json) {
    return [`${name}=${encodeURIComponent(writeJson(value))}`];
  }
  const { style = "form", explode = style === "form" } = parameter;
  if (Array.isArray(value) && style !== "deepObject") {
    const items = value.filter(isThere).map(write);
    if (explode) {
      return items.map((item) => `${name}=${item}`);
    }
    return items.length > 0
      ? [`${name}=${items.join(DELIMITERS[style] ?? ",")}`]
      : [];
  }
  if (!isObject(value)) {
    return [`${name}=${write(value)}`];
  }
  if (style === "deepObject") {
    return deepPairs(name, value, write);
  }
  const members = membersOf(value, write);
  return explode
    ? members.map(([member, text]) => `${member}=${text}`)
    : [`${name}=${members.flat().join(DELIMITERS[style] ?? ",")}`];
}

export function headerValue(parameter, value) {
  if (parameter.json) {
    return writeJson(value);
  }
  if (Array.isArray(value)) {
    return value.filter(isThere).map(textOf).join(",");
  }
  if (!isObject(value)) {
    return textOf(value);
  }
  const members = Object.entries(value).filter(([, member]) => isThere(member));
  const separator = parameter.explode ? "=" : ",";
  return members
    .map(([name, member]) => `${name}${separator}${textOf(member)}`)
    .join(",");
}

export function cookieValue(parameter, value) {
  return queryPairs(parameter, value).join("; ");
}

export function isThere(value) {
  return value !== undefined && value !== null;
}

export function textOf(value) {
  if (value instanceof Date) {
    return value.toISOString();
  }
  return typeof value === "object" ? writeJson(value) : String(value);
}

export function nameOf(parameter) {
  return parameter.name ?? parameter.key;
}

function pathValue(parameter, value) {
  const name = nameOf(parameter);
  if (!isThere(value) || value === "") {
    throw new TypeError(`the path parameter "${name}" has no value`);
  }
  const text = parameter.json
    ? encodeURIComponent(writeJson(value))
    : styledPath(parameter, value);
  if (text === "." || text === "..") {
    throw new TypeError(`the path parameter "${name}" cannot be "${text}"`);
  }
  return text;
}

function styledPath(parameter, value) {
  const { style = "simple", explode = false } = parameter;
  const name = encodeURIComponent(nameOf(parameter));
  const prefix = { label: ".", matrix: ";" }[style] ?? "";
  const between = explode && prefix ? prefix : ",";
  const named = style === "matrix" ? `${name}=` : "";
  if (Array.isArray(value)) {
    const items = value.filter(isThere).map(encodeText);
    return explode
      ? prefix + items.map((item) => named + item).join(between)
      : prefix + named + items.join(",");
  }
  if (!isObject(value)) {
    return prefix + named + encodeText(value);
  }
  const members = membersOf(value, encodeText);
  return explode
    ? prefix + members.map((member) => member.join("=")).join(between)
    : prefix + named + members.flat().join(",");
}

function deepPairs(name, value, write) {
  return Object.entries(value).flatMap(([member, inner]) => {
    const inside = `${name}[${encodeURIComponent(member)}]`;
    if (!isThere(inner)) {
      return [];
    }
    return isObject(inner) || Array.isArray(inner)
      ? deepPairs(inside, inner, write)
      : [`${inside}=${write(inner)}`];
  });
}

function membersOf(value, write) {
  return Object.entries(value)
    .filter(([, member]) => isThere(member))
    .map(([name, member]) => [encodeURIComponent(name), write(member)]);
}

function encodeText(value) {
  return encodeURIComponent(textOf(value));
}

function encodeReserved(value) {
  return encodeURIComponent(textOf(value)).replace(
    /%(3A|2F|3F|5B|5D|40|24|2C|3B|3D|27|28|29|2A|21)/gi,
    decodeURIComponent,
  );
}

function isObject(value) {
  return (
    typeof value === "object" && value !== null && !(value instanceof Date)
  );
}
