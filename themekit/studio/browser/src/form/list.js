// A list: its items can be added, taken away, and moved by buttons. An item's own value is edited in its place.

import { useRef } from "preact/hooks";
import { html } from "../dom.js";
import { edit } from "../editing.js";
import { Icon, IconButton } from "../icons.js";
import { announce, project } from "../store.js";
import { words } from "../words.js";
import { Field } from "./field.js";
import { membersOf, plain } from "./schema.js";

export function ListControl({ id, label, schema, pointer, value, inherited, fallback }) {
  const root = useRef(null);
  const items = Array.isArray(value) ? value : [];
  const item = plain(schema.items, project.value.schema);
  const isObjects = item.type === "object" || item.properties !== undefined;
  const known = pointer === "/portal/sections" ? project.value.sections.map(nameOf) : null;

  const focusItem = (at, selector) => requestAnimationFrame(() => root.current?.querySelectorAll(":scope > ol > li")[at]?.querySelector(selector)?.focus());
  const move = (from, to) => {
    const next = [...items];
    next.splice(to, 0, ...next.splice(from, 1));
    edit(pointer, next);
    announce(`Moved to place ${to + 1} of ${items.length}`);
    focusItem(to, to < from ? "[data-move=up]:not(:disabled), [data-move=down]" : "[data-move=down]:not(:disabled), [data-move=up]");
  };
  const remove = (at) => {
    edit(`${pointer}/${at}`, undefined);
    announce(`Removed; ${items.length - 1} left`);
    focusItem(Math.max(0, at - 1), "button, input");
  };
  const add = (one) => {
    if (value === undefined) edit(pointer, [one]);
    else edit(`${pointer}/${items.length}`.replace(/\/\d+$/, "/-"), one);
    focusItem(items.length, "input, select");
  };
  const start = isObjects ? empty(item, project.value.schema) : [item.type].flat().includes("array") ? [] : (item.enum?.[0] ?? "");
  const free = known?.filter((name) => !items.includes(name)) ?? [];

  return html`
    <div class="list" id=${id} ref=${root}>
      ${value === undefined && html`<p class="muted">${inherited === undefined ? fallback && `Default: ${fallback}` : "From the file it extends"}</p>`}
      <ol>
        ${items.map(
          (one, at) => html`
            <li key=${at} class=${isObjects ? "item is-object" : "item"}>
              <div class="item-fields">
                ${known
                  ? html`<span class="item-name">${words(String(one))}</span>`
                  : isObjects
                    ? membersOf(item, project.value.schema).map(([key, inner]) => html`<${Field} key=${key} name=${key} schema=${inner} pointer=${`${pointer}/${at}/${key}`} />`)
                    : html`<${Field} name=${String(at + 1)} label=${`${label} ${at + 1}`} isTerse schema=${item} pointer=${`${pointer}/${at}`} />`}
              </div>
              <div class="item-moves" role="group" aria-label=${`Item ${at + 1}`}>
                <${IconButton} icon="up" label=${`Move item ${at + 1} up`} data-move="up" disabled=${at === 0} onClick=${() => move(at, at - 1)} />
                <${IconButton} icon="down" label=${`Move item ${at + 1} down`} data-move="down" disabled=${at === items.length - 1} onClick=${() => move(at, at + 1)} />
                <${IconButton} icon="trash" label=${`Remove item ${at + 1}`} onClick=${() => remove(at)} />
              </div>
            </li>
          `,
        )}
      </ol>
      ${known
        ? free.length > 0 && html`<div class="chips">${free.map((name) => html`<button type="button" class="chip" key=${name} onClick=${() => add(name)}><${Icon} name="plus" size="12" />${words(name)}</button>`)}</div>`
        : items.length < (schema.maxItems ?? Infinity) && html`<button type="button" class="button is-small" onClick=${() => add(start)}><${Icon} name="plus" />Add to ${label.toLowerCase()}</button>`}
    </div>
  `;
}

const nameOf = (section) => (typeof section === "string" ? section : section.id ?? section.name);

/** A new item: what is required, empty, with the first choice where there are choices. */
const empty = (item, root) =>
  Object.fromEntries(
    membersOf(item, root)
      .filter(([key]) => item.required?.includes(key))
      .map(([key, inner]) => [key, inner.enum?.[0] ?? inner.examples?.[0] ?? ""]),
  );
