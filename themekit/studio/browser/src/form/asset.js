// A file of the brand: dropped, pasted or chosen, put beside the brand's file, named by the field.

import { useState } from "preact/hooks";
import * as api from "../api.js";
import { DropZone } from "../controls.js";
import { html } from "../dom.js";
import { edit, reread } from "../editing.js";
import { Icon } from "../icons.js";
import { announce, brand } from "../store.js";
import { useTyped } from "./simple.js";

export function AssetControl({ id, label, pointer, value, placeholder, describedBy }) {
  const [refused, setRefused] = useState(null); // in which brand, and why
  const error = refused?.id === brand.value.id ? refused.message : "";
  const [isBroken, setBroken] = useState("");
  const isFont = pointer.endsWith("/path");
  const onFile = async (file) => {
    setRefused(null);
    const { id: brandId, version } = brand.value;
    try {
      const body = { pointer, name: file.name, base64: await api.base64Of(file) };
      const answer = await api.putFile(brandId, version, body);
      announce(`${answer.path} is the brand's now`);
      await reread();
    } catch (refusal) {
      setRefused({ id: brandId, message: refusal.message });
    }
  };
  const picture = !isFont && value ? api.pictureUrl(brand.value.id, pointer, brand.value.version) : "";
  return html`
    <div class="asset">
      <${DropZone} label=${`${label}: choose a file`} accept=${isFont ? ".woff2,.woff,.ttf,.otf" : ".svg,.png,image/svg+xml,image/png"} onFile=${onFile} describedBy=${describedBy}>
        ${picture && isBroken !== picture
          ? html`<img class=${`asset-picture ${pointer.endsWith("/dark") ? "is-on-dark" : ""}`} src=${picture} alt="" onError=${() => setBroken(picture)} />`
          : html`<${Icon} name=${isFont ? "plus" : "image"} />`}
        <span>${value ? "Replace: drop" : "Drop"} a file, or <u>choose</u></span>
      <//>
      <${Path} id=${id} pointer=${pointer} value=${value} placeholder=${placeholder} describedBy=${describedBy} />
      ${error && html`<p class="inline-problem is-error" role="alert"><${Icon} name="error" /><span>${error}</span></p>`}
    </div>
  `;
}

function Path({ id, pointer, value, placeholder, describedBy }) {
  const typed = useTyped(value, { pointer });
  const onBlur = (event) => {
    const text = event.target.value.trim();
    typed.end();
    if (text !== (value ?? "")) edit(pointer, text || undefined);
  };
  return html`<input type="text" id=${id} class="input is-code" value=${typed.shown} placeholder=${placeholder} spellcheck=${false} aria-describedby=${describedBy}
    onInput=${(event) => typed.begin(event.target.value)} onBlur=${onBlur} />`;
}
