// A new brand: from a name, and a colour, a logo, or any picture that has its colours.

import { useEffect, useRef, useState } from "preact/hooks";
import * as api from "./api.js";
import { parseColor, oklchToRgb8, toHex } from "./color.js";
import { DropZone } from "./controls.js";
import { Dialog } from "./dialog.js";
import { html } from "./dom.js";
import { Ratios } from "./form/color_control.js";
import { Icon } from "./icons.js";
import { Swatch } from "./swatch.js";

const START = "#3b5bdb";

export function CreateDialog({ onClose, openBrand, refreshProject }) {
  const [name, setName] = useState("");
  const [color, setColor] = useState("");
  const [picture, setPicture] = useState(null); // {name, base64, url, isLogo}
  const [colors, setColors] = useState([]);
  const [error, setError] = useState("");
  const [isBusy, setBusy] = useState(false);
  const first = useRef(null);
  const latest = useRef(null); // the file that was dropped last
  const isGone = useRef(false);
  useEffect(() => first.current.focus(), []);
  useEffect(() => () => {
    latest.current = null;
    isGone.current = true;
  }, []);
  useEffect(() => () => picture && URL.revokeObjectURL(picture.url), [picture]);

  const onFile = async (file) => {
    setError("");
    latest.current = file;
    try {
      const base64 = await api.base64Of(file);
      const answer = await api.colorsOf(base64);
      if (latest.current !== file) return; // another was dropped, or the dialog closed
      const canBeLogo = /\.(svg|png)$/i.test(file.name);
      setPicture({ name: file.name, base64, url: URL.createObjectURL(file), isLogo: canBeLogo, canBeLogo });
      setColors(answer.colors);
      setColor((typed) => typed || answer.colors[0] || "");
    } catch (refusal) {
      if (latest.current === file) setError(refusal.message);
    }
  };
  const create = async (event) => {
    event.preventDefault();
    setBusy(true);
    setError("");
    try {
      const logo = picture?.isLogo ? { name: picture.name, base64: picture.base64 } : undefined;
      const made = await api.createBrand({ name: name.trim(), ...(color ? { primary: color } : {}), ...(logo ? { logo } : {}) });
      await refreshProject();
      await openBrand(made.id);
      if (!isGone.current) onClose(); // or it would be another dialog that closes
    } catch (refusal) {
      setError(refusal.message);
      setBusy(false);
    }
  };
  const parsed = parseColor(color);
  return html`
    <${Dialog} title="New brand" onClose=${onClose}>
      <form class="stack" onSubmit=${create}>
        <label class="stack-field"><span class="label">Name</span>
          <input ref=${first} type="text" class="input" name="name" required maxlength="80" value=${name} onInput=${(event) => setName(event.target.value)} placeholder="Acme" autocomplete="off" /></label>
        <${DropZone} label="Logo or picture" accept="image/*,.svg" onFile=${onFile}>
          ${picture ? html`<img class="asset-picture" src=${picture.url} alt="" />` : html`<${Icon} name="image" />`}
          <span>${picture ? picture.name : html`Drop or paste a logo or a picture, or <u>choose</u> one`}</span>
        <//>
        ${picture?.canBeLogo && html`<label class="check"><input type="checkbox" checked=${picture.isLogo} onChange=${(event) => setPicture({ ...picture, isLogo: event.target.checked })} />Use it as the brand's logo</label>`}
        ${colors.length > 0 && html`
          <fieldset class="bare candidates"><legend class="label">Colours of the picture</legend>
            ${colors.map((one) => html`
              <label key=${one} class="candidate" title=${one}><input type="radio" class="unseen" name="candidate" aria-label=${one} checked=${one === color} onChange=${() => setColor(one)} /><${Swatch} color=${one} size="is-large" /></label>
            `)}
          </fieldset>`}
        <div class="stack-field"><label class="label" for="create-color">Colour</label>
          <div class="color-row">
            <input type="color" class="color-well" aria-label="Colour, from a palette" value=${parsed ? toHex(oklchToRgb8(parsed.oklch)) : START} onInput=${(event) => setColor(event.target.value)} />
            <input type="text" class="input is-code" id="create-color" name="primary" value=${color} placeholder=${`${START} or oklch(…)`} spellcheck=${false} autocomplete="off" onInput=${(event) => setColor(event.target.value.trim())} />
          </div>
          ${parsed && html`<${Ratios} color=${parsed} />`}
        </div>
        <p class=${error ? "inline-problem is-error" : ""} role="alert">${error}</p>
        <div class="dialog-foot">
          <button type="button" class="button" onClick=${onClose}>Cancel</button>
          <button type="submit" class="button is-primary" disabled=${isBusy || !name.trim() || (!color && !picture?.isLogo)}>${isBusy ? "Creating…" : "Create the brand"}</button>
        </div>
      </form>
    <//>
  `;
}
