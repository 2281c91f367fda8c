// Diagnostics: inline beside their field, and as a list that leads to field and line. A fix is offered, never made unasked.

import { html, prose } from "./dom.js";
import { edit } from "./editing.js";
import { Icon } from "./icons.js";
import { Swatch } from "./swatch.js";
import { parseColor } from "./color.js";
import { fieldOf } from "./form/schema.js";
import { isWithin } from "./pointer.js";
import { fileAt, taken } from "./sources.js";
import { brand, diagnostics, jump, problemsAt, project, sourcePath, tab, tokens } from "./store.js";
import { pointerOf, tokenAt } from "./token_places.js";

const text = (value) => (typeof value === "string" ? value : JSON.stringify(value));

/** Opens the field of a place in the form, or among the tokens; its line in the source if it has no field. */
export function jumpToField(pointer) {
  const isElsewhere = taken(pointer).path !== "";
  const isToken = isElsewhere || pointer.startsWith("/tokens/");
  const isKnown = tokenAt(pointer) || tokens.value.some(({ name }) => isWithin(pointer, pointerOf(name)));
  const field = isToken ? isKnown && pointer : fieldOf(pointer, project.value.schema);
  const place = brand.value.origins?.[pointer];
  if (!field && place?.path === brand.value.path) return jumpToLine(place.line, place.column);
  tab.value = isToken ? "tokens" : "design";
  jump.value = { pointer: field || pointer };
  return undefined;
}

/** Opens a line of the brand's file, or of another that it is made of. */
export function jumpToLine(line, column = 1, path = brand.value.path) {
  sourcePath.value = path === brand.value.path ? "" : path;
  tab.value = "source";
  jump.value = { line, column };
}

const Fix = ({ found }) => html`
  <button type="button" class="button is-small" onClick=${() => edit(found.fixPointer ?? found.pointer, found.fix)}>
    ${parseColor(found.fix) && html`<${Swatch} color=${text(found.fix)} />`}Use ${text(found.fix)}
  </button>
`;

export const InlineProblems = ({ pointer, id }) => {
  const found = problemsAt(pointer);
  return html`
    <div class="inline-problems" id=${id}>
      ${found.map(
        (one) => html`
          <p class=${`inline-problem is-${one.severity}`} key=${one.code + one.message}>
            <${Icon} name=${one.severity === "error" ? "error" : "warning"} />
            <span><span class="unseen">${one.severity}: </span>${prose(one.message)}${one.hint ? [" – ", prose(one.hint)] : ""}</span>
            ${"fix" in one && one.fix !== null && html`<${Fix} found=${one} />`}
          </p>
        `,
      )}
    </div>
  `;
};

export function Problems() {
  const found = diagnostics.value;
  if (!found.length) {
    return html`<div class="blank"><${Icon} name="check" size="24" /><h2>No problems</h2><p>The brand's file, its colours and its pictures are as they should be.</p></div>`;
  }
  return html`<h2 class="unseen">Problems</h2><ul class="problems">${found.map((one) => html`<${Problem} found=${one} key=${one.code + one.line + one.message} />`)}</ul>`;
}

function Problem({ found }) {
  const isHere = Boolean(found.path && fileAt(brand.value, found.path));
  const place = `${found.path}:${found.line}:${found.column}`;
  return html`
    <li class=${`problem is-${found.severity}`}>
      <p class="problem-head"><${Icon} name=${found.severity === "error" ? "error" : "warning"} /><strong>${found.severity}</strong><code>${found.code}</code></p>
      <p>${prose(found.message)}</p>
      ${found.excerpt && html`<pre class="excerpt" tabindex="0" aria-label="Excerpt">${found.excerpt}${"\n"}${" ".repeat(Math.max(0, found.column - (found.excerptColumn ?? 1)))}${"^".repeat(Math.max(1, found.length ?? 1))}</pre>`}
      ${found.hint && html`<p class="muted">${prose(found.hint)}</p>`}
      ${(found.notes ?? []).map((note) => html`<p class="muted" key=${note.message}>${prose(note.message)}</p>`)}
      <p class="problem-actions">
        ${found.pointer && isHere && html`<button type="button" class="link" onClick=${() => jumpToField(found.pointer)}>Show the field</button>`}
        ${isHere && found.line
          ? html`<button type="button" class="link" onClick=${() => jumpToLine(found.line, found.column, found.path)}>${place}</button>`
          : html`<span class="muted">${place}</span>`}
        ${found.pointer && "fix" in found && found.fix !== null && html`<${Fix} found=${found} />`}
      </p>
    </li>
  `;
}
