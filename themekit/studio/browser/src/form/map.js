// Members that whoever writes the file names: each opens, can be removed, and new ones are added by name.

import { useComputed, useSignalEffect } from "@preact/signals";
import { useState } from "preact/hooks";
import { html, newId } from "../dom.js";
import { edit } from "../editing.js";
import { Icon, IconButton } from "../icons.js";
import { get, isWithin, join, parse } from "../pointer.js";
import { announce, brand, jump, project, value } from "../store.js";
import { Field } from "./field.js";
import { aboutOf, kindOf, membersOf, plain } from "./schema.js";

const opened = new Set(); // stays while other tabs are shown

export function MapControl({ schema, pointer, label }) {
  const own = useComputed(() => get(value.value, pointer)).value ?? {};
  const item = plain(schema.additionalProperties, project.value.schema);
  const inherited = inheritedNames(pointer).filter((name) => !(name in own));
  return html`
    <fieldset class="members map" data-pointer=${pointer}>
      <legend>${label}</legend>
      ${aboutOf(schema).note && html`<p class="muted">${aboutOf(schema).note}</p>`}
      <ul>
        ${Object.keys(own).map((name) => html`<${Entry} key=${name} name=${name} item=${item} pointer=${join(pointer, name)} isOwn />`)}
        ${inherited.map((name) => html`<${Entry} key=${name} name=${name} item=${item} pointer=${join(pointer, name)} />`)}
      </ul>
      <${Adder} schema=${schema} item=${item} pointer=${pointer} label=${label} taken=${[...Object.keys(own), ...inherited]} />
    </fieldset>
  `;
}

/** Names that the file it extends gives. */
function inheritedNames(pointer) {
  const depth = parse(pointer).length;
  const below = Object.keys(brand.value?.inherited ?? {}).filter((one) => one.startsWith(`${pointer}/`));
  return [...new Set(below.map((one) => parse(one)[depth]))];
}

function Entry({ name, item, pointer, isOwn = false }) {
  const [isOpen, setOpen] = useState(opened.has(pointer));
  const [id] = useState(() => newId("entry"));
  const isRefused = useComputed(() => get(value.value, pointer) === null).value;
  const show = (open) => {
    if (open) opened.add(pointer);
    else opened.delete(pointer);
    setOpen(open);
  };
  useSignalEffect(() => {
    if (jump.value?.pointer && isWithin(jump.value.pointer, pointer)) show(true);
  });
  const remove = () => {
    edit(pointer, undefined);
    announce(`Removed ${name}`);
  };
  return html`
    <li class="entry">
      <div class="entry-head">
        <button type="button" class="entry-name" aria-expanded=${isOpen ? "true" : "false"} aria-controls=${id} onClick=${() => show(!isOpen)}>
          <${Icon} name=${isOpen ? "down" : "right"} size="14" /><span>${name}</span>
          ${!isOwn && html`<em class="tag">inherited</em>`}${isRefused && html`<em class="tag">not inherited</em>`}
        </button>
        ${isOwn
          ? html`<${IconButton} icon="trash" label=${`Remove ${name}`} onClick=${remove} />`
          : html`<button type="button" class="button is-small" onClick=${() => edit(pointer, null)}>Do not inherit<span class="unseen"> ${name}</span></button>`}
      </div>
      <div id=${id} class="entry-body" hidden=${!isOpen}>
        ${isOpen && !isRefused && html`<${Body} name=${name} item=${item} pointer=${pointer} />`}
      </div>
    </li>
  `;
}

const Body = ({ name, item, pointer }) =>
  kindOf(item, pointer) === "object"
    ? membersOf(item, project.value.schema).map(([key, one]) => html`<${Field} key=${key} name=${key} schema=${one} pointer=${`${pointer}/${key}`} />`)
    : html`<${Field} name=${name} label=${name} schema=${item} pointer=${pointer} />`;

function Adder({ schema, item, pointer, label, taken }) {
  const [name, setName] = useState("");
  const [id] = useState(() => newId("name"));
  const { pattern, maxLength } = schema.propertyNames ?? {};
  const isFitting = name !== "" && (!pattern || new RegExp(pattern, "u").test(name)) && !taken.includes(name);
  const add = () => {
    if (!isFitting) return;
    opened.add(join(pointer, name));
    edit(join(pointer, name), startOf(item, pointer));
    announce(`Added ${name}`);
    setName("");
  };
  const onKeyDown = (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    add();
  };
  return html`
    <div class="adder">
      <label class="unseen" for=${id}>${`Name of a new one of ${label}`}</label>
      <input type="text" class="input" id=${id} value=${name} maxlength=${maxLength} placeholder="name" spellcheck=${false}
        onInput=${(event) => setName(event.target.value)} onKeyDown=${onKeyDown} />
      <button type="button" class="button is-small" disabled=${!isFitting} onClick=${add}><${Icon} name="plus" />Add to ${label.toLowerCase()}</button>
    </div>
  `;
}

const startOf = (item, pointer) => ({ object: {}, map: {}, list: [] })[kindOf(item, pointer)] ?? "";
