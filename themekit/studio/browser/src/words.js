// Names of fields and choices as people read them. Needs no page.

/** Words that are not written as others are. */
const SPELLED = {
  api: "API",
  apis: "APIs",
  color: "colour",
  css: "CSS",
  github: "GitHub",
  gitlab: "GitLab",
  html: "HTML",
  id: "ID",
  ids: "IDs",
  json: "JSON",
  jwt: "JWT",
  lc: "Lc",
  linkedin: "LinkedIn",
  sdk: "SDK",
  sdks: "SDKs",
  typescript: "TypeScript",
  url: "URL",
  urls: "URLs",
  youtube: "YouTube",
};
/** Whole names: codes of languages, and modes. */
const NAMED = { de: "German", en: "English", "light-contrast": "Light, high contrast", "dark-contrast": "Dark, high contrast" };

/** "legalName" as people read it: "Legal name". */
export function words(key) {
  if (Object.hasOwn(NAMED, key)) return NAMED[key];
  const parts = key.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[-_.]/g, " ").toLowerCase().split(" ");
  const text = parts.map((part) => (Object.hasOwn(SPELLED, part) ? SPELLED[part] : part)).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const [FIRST_STRONG, END] = ["\u2068", "\u2069"];
const ISOLATES = /[\u2066-\u2069]/g;

/** A name within a sentence, whose own direction of writing does not move the words beside it. */
export const isolated = (name) => `${FIRST_STRONG}${String(name).replace(ISOLATES, "")}${END}`;

/** A sentence as it is heard. */
export const heard = (text) => text.replace(ISOLATES, "");

/** What stands between the names of a sentence, and the names, in turn. */
export const partsOf = (text) => text.split(/\u2068([^\u2069]*)\u2069/);

const MAX_NAMES = 5;

/** Names in a sentence: the first of many. */
export function listed(names) {
  const rest = names.length - MAX_NAMES;
  return rest > 0 ? `${names.slice(0, MAX_NAMES).join(", ")} and ${rest} more` : names.join(", ");
}
