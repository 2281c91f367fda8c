// The form, built from the schema: sections that open, fields that can be found by name.

import { useState } from "preact/hooks";
import { useComputed, useSignalEffect } from "@preact/signals";
import { html } from "../dom.js";
import { Icon } from "../icons.js";
import { isWithin } from "../pointer.js";
import { countOf, diagnostics, isReadable, jump, project } from "../store.js";
import { words } from "../words.js";
import { Field } from "./field.js";
import { aboutOf, sectionsOf } from "./schema.js";

const OPEN_AT_FIRST = ["/color", "/typography", "/shape"];
const opened = new Set(OPEN_AT_FIRST); // stays while other tabs are shown

export function Form() {
  const [query, setQuery] = useState("");
  const sections = sectionsOf(project.value.schema, project.value.form);
  const needle = query.trim().toLowerCase();
  const shown = sections.map((section) => ({ ...section, members: section.members.filter((member) => matches(member, section, needle)) })).filter(({ members }) => members.length);
  return html`
    <div class="find"><${Icon} name="search" />
      <input type="search" class="input" aria-label="Find a field" placeholder="Find a field" value=${query} onInput=${(event) => setQuery(event.target.value)} />
    </div>
    <form class="form" aria-label=${project.value.form?.label ?? "Fields of the brand"} onSubmit=${(event) => event.preventDefault()}>
      <fieldset class="bare" disabled=${!isReadable.value}>
        ${shown.map((section) => html`<${Section} key=${section.key} section=${section} isSearch=${needle !== ""} />`)}
        ${!shown.length && html`<p class="blank">No field is named so.</p>`}
      </fieldset>
    </form>
  `;
}

const matches = ([key, schema], section, needle) => {
  const inner = Object.keys(schema.properties ?? {}).join(" ");
  return `${section.key} ${words(key)} ${key} ${schema.description ?? ""} ${inner}`.toLowerCase().includes(needle);
};

function Section({ section, isSearch }) {
  const { key, pointer, schema, members } = section;
  const name = `/${key}`;
  const [isOpen, setOpen] = useState(opened.has(name));
  const show = (open) => {
    if (open) opened.add(name);
    else opened.delete(name);
    setOpen(open);
  };
  useSignalEffect(() => {
    const target = jump.value?.pointer;
    if (target && members.some(([key]) => isWithin(target, `${pointer}/${key}`))) show(true);
  });
  const isHere = (one) => one.pointer && members.some(([key]) => isWithin(one.pointer, `${pointer}/${key}`));
  const [count, tone] = useComputed(() => countOf(diagnostics.value.filter(isHere))).value.split(" ");
  const title = section.key ? words(section.key) : (project.value.form?.title ?? "Brand");
  const id = `section-${section.key || "brand"}`;
  const isShown = isOpen || isSearch;
  return html`
    <section class="section">
      <h2 class="section-head">
        <button type="button" aria-expanded=${isShown ? "true" : "false"} aria-controls=${id} onClick=${() => show(!isOpen)}>
          <${Icon} name=${isShown ? "down" : "right"} size="14" /><span>${title}</span>
          <span class="section-note">${aboutOf(schema).note}</span>
          ${count !== "0" && html`<span class=${`badge ${tone}`}>${count}<span class="unseen"> problems</span></span>`}
        </button>
      </h2>
      <div id=${id} class="section-body" hidden=${!isShown}>
        ${isShown && members.map(([key, one]) => html`<${Field} key=${key} name=${key} schema=${one} pointer=${`${pointer}/${key}`} />`)}
      </div>
    </section>
  `;
}
