// One field: its label, what it is for, its control, its problems. Which control, the schema says.

import { useComputed, useSignalEffect } from "@preact/signals";
import { useRef, useState } from "preact/hooks";
import { html, newId, prose } from "../dom.js";
import { edit } from "../editing.js";
import { IconButton } from "../icons.js";
import { get } from "../pointer.js";
import { InlineProblems } from "../problems.js";
import { inheritedAt, jump, project, value } from "../store.js";
import { words } from "../words.js";
import { AssetControl } from "./asset.js";
import { ColorControl } from "./color_control.js";
import { LengthControl } from "./length.js";
import { ListControl } from "./list.js";
import { MapControl } from "./map.js";
import { aboutOf, isRequired, kindOf, membersOf } from "./schema.js";
import { Choice, FamilyControl, NumberControl, SwitchControl, TextControl, WholeControl } from "./simple.js";
import { Specimens } from "./specimens.js";

const CONTROLS = {
  color: ColorControl,
  dimension: LengthControl,
  list: ListControl,
  segments: Choice,
  select: Choice,
  number: NumberControl,
  whole: WholeControl,
  switch: SwitchControl,
  asset: AssetControl,
  family: FamilyControl,
  text: TextControl,
  long: TextControl,
};
const GROUPS = new Set(["segments", "switch", "list", "color", "dimension", "number"]); // controls of several parts: a group with a name

export function Field({ name, schema, pointer, label = words(name), isTerse = false }) {
  const kind = kindOf(schema, pointer);
  if (kind === "object") return html`<${Members} schema=${schema} pointer=${pointer} label=${label} />`;
  if (kind === "map") return html`<${MapControl} schema=${schema} pointer=${pointer} label=${label} />`;
  return html`<${Single} schema=${schema} pointer=${pointer} label=${label} kind=${kind} isTerse=${isTerse} />`;
}

/** A note that says no more than the label. */
const isSaid = (note, label) => note.toLowerCase() === label.toLowerCase();

function Members({ schema, pointer, label }) {
  const root = useRef(null);
  useJump(pointer, root);
  return html`
    <fieldset class="members" ref=${root}>
      <legend>${label}</legend>
      ${schema.description && !isSaid(schema.description, label) && html`<p class="muted members-note">${prose(schema.description)}</p>`}
      ${membersOf(schema, project.value.schema).map(([key, one]) => html`<${Field} key=${key} name=${key} schema=${one} pointer=${`${pointer}/${key}`} />`)}
      <${Specimens} pointer=${pointer} />
    </fieldset>
  `;
}

const WANTED = ["input:not([type=radio], [type=range], [type=file]), select, textarea", "input:not([type=radio]), input:checked", "button"];

/** Where a jump ends: the first control of the field, in sight. */
export function useJump(pointer, root) {
  useSignalEffect(() => {
    if (jump.value?.pointer !== pointer) return;
    requestAnimationFrame(() => {
      const target = WANTED.map((selector) => root.current?.querySelector(selector)).find(Boolean);
      if (!target) return;
      jump.value = null;
      target.scrollIntoView({ block: "center" });
      target.focus({ preventScroll: true });
      root.current.classList.remove("is-flashing");
      requestAnimationFrame(() => root.current?.classList.add("is-flashing"));
    });
  });
}

function Single({ schema, pointer, label, kind, isTerse }) {
  const [id] = useState(() => newId("field"));
  const root = useRef(null);
  const own = useComputed(() => get(value.value, pointer)).value;
  const inherited = inheritedAt(pointer);
  const { note, fallback } = aboutOf(schema);
  useJump(pointer, root);

  const Control = CONTROLS[kind];
  const isSet = own !== undefined;
  const about = isSaid(note, label) ? "" : note;
  const placeholder = inherited !== undefined ? String(inherited) : fallback || String(schema.examples?.[0] ?? "");
  const tag = GROUPS.has(kind) ? html`<span class="label" id=${`${id}-label`}>${label}</span>` : html`<label class="label" id=${`${id}-label`} for=${id}>${label}</label>`;
  return html`
    <div class=${isSet ? "field is-set" : "field"} ref=${root} data-pointer=${pointer} role=${GROUPS.has(kind) ? "group" : undefined} aria-labelledby=${GROUPS.has(kind) ? `${id}-label` : undefined}>
      <div class=${isTerse ? "unseen" : "field-head"}>
        ${tag}
        <span class="field-note" id=${`${id}-note`} title=${about.replaceAll("`", "") || undefined}>${prose(about)}${!isSet && inherited !== undefined ? html`<em class="tag">inherited</em>` : ""}</span>
        ${isSet && !isTerse && !isRequired(pointer, project.value.schema) && html`<${IconButton} icon="close" label=${`Remove ${label} from the file`} onClick=${() => edit(pointer, undefined)} />`}
      </div>
      <${Control} id=${id} label=${label} schema=${schema} pointer=${pointer} value=${own} inherited=${inherited} fallback=${fallback}
        placeholder=${placeholder} describedBy=${`${id}-note ${id}-problems`} />
      <${InlineProblems} pointer=${pointer} id=${`${id}-problems`} />
    </div>
  `;
}
