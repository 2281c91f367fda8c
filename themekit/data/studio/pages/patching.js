// Sets declarations in the rules of linked sheets, where they stand: the cascade stays what it was. A draft lies over
// what is saved, and what it covers is remembered, so that taking it away needs no request.

const flattened = new WeakMap();
const drafts = new Map(); // by path: the style element of a draft that has other rules
const covered = new Map(); // by path: by index: by property, what is saved

/** The style rules of a sheet in document order, those inside at-rules too. */
export function rulesOf(sheet) {
  let found = flattened.get(sheet);
  if (!found) {
    found = [];
    const walk = (rules) => {
      for (const rule of rules) {
        if (rule instanceof CSSStyleRule) found.push(rule);
        else if (rule.cssRules) walk(rule.cssRules);
      }
    };
    walk(sheet.cssRules);
    flattened.set(sheet, found);
  }
  return found;
}

/** The link whose sheet lies at this path of the brand's site, or the style element that has taken its place; and a newer one, as long as it loads. */
function placesOf(home, path) {
  const isIt = (place) => (place.dataset.themekitPath ?? (place.href && new URL(place.href).pathname.replace(home, ""))) === path;
  return [...document.querySelectorAll("link[rel=stylesheet], style[data-themekit-path]")].filter(isIt);
}

const placeOf = (home, path) => placesOf(home, path).at(-1);

/** Whether the patch could be set; if not, the sheet must be loaded again. */
export function applyPatch(home, path, { rules, count, text }) {
  if (text !== undefined) return replaceText(home, path, text);
  const found = rulesAt(home, path, count);
  if (!found) return false;
  const over = covered.get(path);
  for (const [index, declarations] of rules) {
    const saved = over?.get(index);
    for (const [property, value] of Object.entries(declarations)) {
      if (saved?.has(property)) saved.set(property, value);
      else set(found[index].style, property, value);
    }
  }
  return true;
}

/** Other rules, not only other declarations: the whole sheet, at the same place of the cascade. */
function replaceText(home, path, text) {
  const old = placeOf(home, path);
  if (!old) return false;
  const fresh = styleOf(text);
  fresh.dataset.themekitPath = path;
  covered.delete(path);
  old.replaceWith(fresh);
  if (drafts.has(path)) fresh.sheet.disabled = true;
  return true;
}

/** Paint a draft's sheets over what is saved; null takes the draft away. */
export function applyDraft(home, sheets) {
  const paths = new Set([...covered.keys(), ...drafts.keys(), ...Object.keys(sheets ?? {})]);
  for (const path of paths) {
    const patch = sheets?.[path];
    drape(home, path, patch?.text === undefined ? patch : null);
    cover(home, path, patch?.text);
  }
}

/** A draft with other rules stands beside what is saved, which is switched off. */
function cover(home, path, text) {
  const place = placeOf(home, path);
  drafts.get(path)?.remove();
  drafts.delete(path);
  if (place?.sheet) place.sheet.disabled = text !== undefined;
  if (!place || text === undefined) return;
  const style = styleOf(text);
  place.after(style);
  drafts.set(path, style);
}

const styleOf = (text) => Object.assign(document.createElement("style"), { textContent: text });

function drape(home, path, patch) {
  const found = rulesAt(home, path, patch?.count);
  const before = covered.get(path) ?? new Map();
  covered.delete(path);
  if (!found) return;
  const wanted = new Map((patch?.rules ?? []).map(([index, declarations]) => [index, declarations]));
  for (const [index, saved] of before) {
    for (const [property, value] of saved) {
      if (!(property in (wanted.get(index) ?? {}))) set(found[index].style, property, value);
    }
  }
  const now = new Map();
  for (const [index, declarations] of wanted) {
    const { style } = found[index];
    const saved = before.get(index);
    const kept = new Map();
    for (const [property, value] of Object.entries(declarations)) {
      kept.set(property, saved?.has(property) ? saved.get(property) : style.getPropertyValue(property) || null);
      set(style, property, value);
    }
    now.set(index, kept);
  }
  if (now.size) covered.set(path, now);
}

function rulesAt(home, path, count) {
  try {
    const rules = rulesOf(placeOf(home, path).sheet);
    return count === undefined || rules.length === count ? rules : null;
  } catch {
    return null; // it is not linked, or not loaded yet
  }
}

function set(style, property, value) {
  if (value === null) style.removeProperty(property);
  else style.setProperty(property, value);
}

/** The paths of linked sheets that were not to be had: as when the brand's file was away for a moment. */
export function failedSheets(home) {
  return [...document.querySelectorAll("link[rel=stylesheet]")]
    .filter(({ href, sheet }) => href.startsWith(location.origin + home) && !sheet?.cssRules.length)
    .map(({ href }) => new URL(href).pathname.replace(home, ""));
}

const isBefore = (one, other) => Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
const awaited = new Map(); // by path: what ends the wait for a sheet, which no browser tells of once a newer one took its place

/** Put the sheet in again as it is now; the old one stays until the new one is there. */
export function reloadSheet(home, path, version) {
  const old = placeOf(home, path);
  if (!old) return Promise.resolve();
  awaited.get(path)?.();
  const fresh = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${home}${path}?v=${version}` });
  return new Promise((done) => {
    const end = (gone) => {
      covered.delete(path);
      for (const one of gone) one.remove();
      if (awaited.get(path) === done) awaited.delete(path);
      done();
    };
    awaited.set(path, done);
    fresh.onload = () => end(placesOf(home, path).filter((one) => isBefore(one, fresh)));
    fresh.onerror = () => end([fresh]);
    old.after(fresh);
  });
}

/** Ask again for pictures, icons and fonts at these paths; null means all of the brand. */
export function reloadPictures(home, paths, version) {
  const wanted = paths && new Set(paths.map((path) => home + path));
  const isWanted = (path) => (wanted ? wanted.has(path) : path.startsWith(`${home}assets/brand/`));
  const renewed = (text) => {
    const url = new URL(text, document.baseURI);
    if (url.origin !== location.origin || !isWanted(url.pathname)) return null;
    url.searchParams.set("v", version);
    return url.href;
  };
  const places = [["img, source, input[type=image]", "src"], ["link[rel~=icon], link[rel=apple-touch-icon]", "href"], ["image, use", "href"]];
  for (const [selector, name] of places) {
    for (const element of document.querySelectorAll(selector)) {
      const fresh = element.hasAttribute(name) && renewed(element.getAttribute(name));
      if (fresh) element.setAttribute(name, fresh);
    }
  }
  for (const element of document.querySelectorAll("[srcset]")) {
    const fresh = element.srcset.replace(/\S+(?=(\s+[\d.]+[wx])?\s*(,|$))/g, (url) => renewed(url) ?? url);
    if (fresh !== element.srcset) element.srcset = fresh;
  }
}
