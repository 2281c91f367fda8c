// The Studio's API as functions. A refusal is an `ApiError` with the status and what the server said.

const AFTER_A_REFUSAL_MS = 3000; // a browser asks again by itself for a stream that broke off, and not for one that was refused

export class ApiError extends Error {
  constructor(status, body) {
    super(body.message || body.error || `the server answered ${status}`);
    this.status = status;
    this.body = body;
  }
}

export async function request(method, path, { body, version, token } = {}) {
  const headers = { Accept: "application/json" };
  if (token) headers["X-Themekit-Token"] = token;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (version) headers["If-Match"] = `"${version}"`;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), credentials: "same-origin" });
  } catch {
    throw new ApiError(0, { message: "the preview does not answer; is `themekit preview` still running?" });
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, answer ?? {});
  if (answer === null) throw new ApiError(0, { message: "the preview's answer broke off; is `themekit preview` still running?" });
  return answer;
}

const brandPath = (id, rest = "") => `/api/brands/${encodeURIComponent(id)}${rest}`;

export const readProject = () => request("GET", "/api/project");
export let readBrand = (id) => request("GET", brandPath(id));
export const readContrast = (id) => request("GET", brandPath(id, "/contrast"));
export const readTokens = (id) => request("GET", brandPath(id, "/tokens"));
export const readReasons = (id, names) =>
  request("GET", brandPath(id, `/reasons?${new URLSearchParams(names.map((name) => ["token", name]))}`));
/** Writes `{edits}` or `{text}`, if the file still is the version that the edit was made on. */
export let writeBrand = (id, version, change) => request("PUT", brandPath(id), { version, body: change });
export let draftBrand = (id, change) => request("POST", brandPath(id, "/draft"), { body: change });
/** The sheets of a draft alone, in light mode only if that is all that is shown. */
export let glanceAtBrand = (id, change, mode) => request("POST", brandPath(id, `/glance?mode=${mode}`), { body: change });
export const createBrand = (wanted) => request("POST", "/api/brands", { body: wanted });
export const colorsOf = (base64) => request("POST", "/api/colors", { body: { base64 } });
export let checkText = (text, path, brand) => request("POST", "/api/check", { body: { text, path, brand } });
/** Writes a further file of a brand in the same way. */
export const writeSource = (id, path, version, change) =>
  request("PUT", brandPath(id, `/sources?${new URLSearchParams({ path })}`), { version, body: change });

/** The page on policies edits another file by the same form: what reads and writes it is put in the place of these. */
export function replaceCalls(calls) {
  ({ readBrand, writeBrand, draftBrand, glanceAtBrand, checkText } = calls);
}
export const mergeTexts = (base, mine, theirs) => request("POST", "/api/merge", { body: { base, mine, theirs } });
export const putFile = (id, version, file) => request("PUT", brandPath(id, "/files"), { version, body: file });
export const pictureUrl = (id, pointer, version) =>
  `${brandPath(id, "/files")}?pointer=${encodeURIComponent(pointer)}&v=${version}`;

/** The stream of events; `onOpen` also runs when it is there again after it was lost. */
export function listen({ onEvent, onOpen, onLost }) {
  let source;
  let timer = 0;
  const start = () => {
    source = new EventSource("/api/events");
    source.addEventListener("open", onOpen);
    source.addEventListener("error", () => {
      onLost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(start, AFTER_A_REFUSAL_MS);
    });
    source.addEventListener("message", (message) => onEvent(JSON.parse(message.data)));
  };
  start();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

/** A file as base64, without the head of the data URL. */
export function base64Of(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => resolve(String(reader.result).split(",", 2)[1] ?? ""));
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}
