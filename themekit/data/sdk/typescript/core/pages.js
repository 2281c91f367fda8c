// Lists that go on from page to page.

import { SdkError } from "./errors.js";

/** All items of a list, read with `for await`; pages are asked for as they are needed. */
export class Pages {
  #ask;
  #how;
  #params;

  constructor(ask, how, params) {
    this.#ask = ask;
    this.#how = how;
    this.#params = params ?? {};
  }

  async *[Symbol.asyncIterator]() {
    for await (const page of this.pages()) {
      yield* page.items;
    }
  }

  /** The pages: each with its items, the whole answer, and the response. */
  async *pages() {
    let next = { params: this.#params };
    while (next !== undefined) {
      const { data, response } = await this.#ask(next.params, next.url);
      const items = walk(data, this.#how.items);
      const list = Array.isArray(items) ? items : [];
      yield { items: list, data, response };
      const following = this.#next(next, { data, response, items: list });
      if (following !== undefined && isSame(next, following, this.#how)) {
        throw new SdkError(
          "the list does not go on: the next page is this one",
        );
      }
      next = following;
    }
  }

  /** The items as an array, at most `max` of them. */
  async toArray({ max = Infinity } = {}) {
    const found = [];
    if (max <= 0) {
      return found;
    }
    for await (const item of this) {
      found.push(item);
      if (found.length >= max) {
        break;
      }
    }
    return found;
  }

  #next(current, { data, response, items }) {
    const how = this.#how;
    if (how.more !== undefined && walk(data, how.more) === false) {
      return undefined;
    }
    if (how.kind === "next-url" || how.kind === "link-header") {
      const url =
        how.kind === "next-url"
          ? walk(data, how.next)
          : nextLink(response.headers.get("link"));
      return isText(url) ? { params: {}, url } : undefined;
    }
    const value = this.#following(current.params, { data, items });
    return value === undefined
      ? undefined
      : { params: { ...current.params, [how.key]: value } };
  }

  #following(params, { data, items }) {
    const how = this.#how;
    if (how.kind === "cursor") {
      const cursor = walk(data, how.next);
      return cursor === null || cursor === "" ? undefined : cursor;
    }
    if (items.length === 0) {
      return undefined;
    }
    switch (how.kind) {
      case "last-id":
        return items[items.length - 1]?.[how.idField] ?? undefined;
      case "offset":
        return Number(params[how.key] ?? how.start ?? 0) + items.length;
      default:
        return Number(params[how.key] ?? how.start ?? 1) + 1;
    }
  }
}

/** The target of `rel="next"` in a Link header (RFC 8288). */
export function nextLink(header) {
  for (const [, url, parameters] of (header ?? "").matchAll(
    /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)/g,
  )) {
    const relation = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(
      parameters,
    );
    const names = (relation?.[1] ?? relation?.[2] ?? "").toLowerCase();
    if (names.split(/\s+/).includes("next")) {
      return url;
    }
  }
  return undefined;
}

function isSame(current, following, how) {
  return following.url === undefined
    ? current.params[how.key] === following.params[how.key]
    : current.url === following.url;
}

function walk(data, path) {
  let found = data;
  for (const name of path) {
    const isObject = typeof found === "object" && found !== null;
    found = isObject && Object.hasOwn(found, name) ? found[name] : undefined;
  }
  return found;
}

function isText(value) {
  return typeof value === "string" && value !== "";
}
