// The pages of a list, by any of the ways in which APIs tell where the next one is.

import { has, put } from "./schema.js";
import { copy } from "./store.js";

export const AFTER = "sandbox_after"; // how a URL of a next page says where it begins

const whole = (text, least) => (/^\d{1,9}$/.test(String(text ?? "")) ? Math.max(least, Number(text)) : undefined);

export function at(value, path) {
  for (const name of path) value = typeof value === "object" && value !== null && has(value, name) ? value[name] : undefined;
  return value;
}

/** Sets what is there; objects on the way are made. */
export function place(value, path, inner) {
  for (const name of path.slice(0, -1)) {
    if (!has(value, name) || typeof value[name] !== "object" || value[name] === null) put(value, name, {});
    value = value[name];
  }
  if (inner === undefined) delete value[path.at(-1)];
  else put(value, path.at(-1), inner);
}

/** One page: its body and, where a header tells it, the URL of the next. */
export function pageOf(page, body, items, { asked, url }) {
  const size = Math.min(whole(asked(page.size), 1) ?? page.default, page.most) || 1;
  const start = startOf(page, items, { asked, size, url });
  let shown = items.slice(start, start + size);
  if (shown.length < page.least) shown = items.slice(-page.least);
  const end = start + shown.length;
  const isLast = end >= items.length || shown.length === 0;
  let found = copy(body);
  if (page.items.length) place(found, page.items, shown);
  else found = shown;
  if (page.more.length) place(found, page.more, !isLast);
  if (page.next.length) place(found, page.next, isLast ? { null: null, empty: "" }[page.end] : nextOf(page, shown, { end, start, size, url }));
  const counted = { items: items.length, pages: Math.ceil(items.length / size), page: Math.floor(start / size) + (page.first ?? 1), size, start };
  for (const [path, meaning] of page.counts ?? []) place(found, path, counted[meaning]);
  const link = page.kind === "link-header" && !isLast ? nextUrl(url, end) : "";
  return { body: found, link };
}

function startOf(page, items, { asked, size, url }) {
  const after = url.pairs.findLast(([name]) => name === AFTER)?.[1];
  if (after !== undefined) return whole(after, 0) ?? 0;
  const value = asked(page.parameter);
  if (page.kind === "offset") return whole(value, 0) ?? 0;
  if (page.kind === "page") return Math.max(0, (whole(value, 0) ?? page.first ?? 1) - (page.first ?? 1)) * size;
  if (value === undefined || value === null) return 0;
  const byId = page.id ? items.findIndex((each) => String(each[page.id]) === String(value)) + 1 : 0;
  const byCursor = page.cursors.findIndex((each) => String(each) === String(value)) + 1;
  return page.kind === "last-id" ? byId || byCursor : byCursor || byId;
}

function nextOf(page, shown, { end, start, size, url }) {
  if (page.kind === "next-url") return nextUrl(url, end);
  if (page.kind === "offset") return end;
  if (page.kind === "page") return Math.floor(start / size) + 1 + (page.first ?? 1);
  return page.cursors[end - 1] ?? shown.at(-1)?.[page.id] ?? null;
}

function nextUrl(url, end) {
  const kept = url.query.split("&").filter((each) => each && !each.startsWith(`${AFTER}=`));
  return `${url.origin}${url.path}?${[...kept, `${AFTER}=${end}`].join("&")}`;
}
