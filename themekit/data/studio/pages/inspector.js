// Which token colours what: the rule that wins for a property of an element, and its chain of var() down to `--tk-…`.

const PROPERTIES = [
  ["color", ["color"], true],
  ["background-color", ["background-color", "background"], false],
  ["border-color", ["border-top-color", "border-bottom-color", "border-color", "border-top", "border-bottom", "border-left", "border"], false],
  ["box-shadow", ["box-shadow"], false],
  ["font-family", ["font-family", "font"], true],
  ["font-size", ["font-size", "font"], true],
  ["border-radius", ["border-top-left-radius", "border-radius"], false],
  ["fill", ["fill"], true],
];
const VARIABLE = /var\(\s*(--[\w-]+)/g;
const MAX_CHAIN = 12;

let active = null;

export function inspect(isOn, { pick, sheet }) {
  active?.end();
  active = isOn ? begin(pick, sheet) : null;
}

function begin(pick, sheet) {
  const host = document.createElement("themekit-inspector");
  const box = Object.assign(document.createElement("div"), { className: "box", hidden: true });
  const shield = document.createElement("div"); // or what is pointed at is hovered, and has the colours of that
  Object.assign(shield.style, { position: "fixed", inset: "0", zIndex: "2147481000", cursor: "crosshair" });
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: sheet });
  host.attachShadow({ mode: "open" }).append(style, shield, box);
  host.ariaHidden = "true";
  document.documentElement.append(host);
  const stop = new AbortController();
  const options = { capture: true, signal: stop.signal };
  let pointed = null;
  let isWaiting = false;

  const mark = (element) => {
    pointed = element;
    const { left, top, width, height } = element.getBoundingClientRect();
    Object.assign(box.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    box.hidden = false;
  };
  const below = ({ clientX, clientY }) => document.elementsFromPoint(clientX, clientY).find((element) => element !== host);
  const choose = (event, element) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    mark(element);
    pick(describe(element));
  };
  addEventListener("pointermove", (event) => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => {
      isWaiting = false;
      const element = below(event);
      if (element && active) mark(element);
    });
  }, options);
  addEventListener("click", (event) => choose(event, (event.target === host && below(event)) || event.target), options);
  addEventListener("focusin", (event) => mark(event.target), options);
  addEventListener("scroll", () => {
    if (pointed?.isConnected) mark(pointed);
    else box.hidden = true; // it went with the page's old content
  }, options);
  addEventListener("keydown", (event) => {
    if (event.key === "Enter" && document.activeElement !== document.body) choose(event, document.activeElement);
  }, options);
  return { end: () => (stop.abort(), host.remove()) };
}

/** What the Studio is told of an element. */
export function describe(element) {
  const { x, y, width, height } = element.getBoundingClientRect();
  const rules = allRules();
  const properties = [];
  for (const [property, names, isInherited] of PROPERTIES) {
    const chain = chainOf(rules, element, names, isInherited);
    if (!chain.length) continue;
    const read = property === "border-color" ? "border-top-color" : property === "border-radius" ? "border-top-left-radius" : property;
    properties.push({ property, value: getComputedStyle(element).getPropertyValue(read), chain });
  }
  const classes = [...element.classList].slice(0, 2).map((name) => `.${name}`).join("");
  return { element: element.localName + (element.id ? `#${element.id}` : classes), box: { x, y, width, height }, properties };
}

function chainOf(rules, element, names, isInherited) {
  for (let at = element; at; at = isInherited ? at.parentElement : null) {
    const value = winner(rules, at, names);
    if (value !== null) return value === "inherit" ? chainOf(rules, at.parentElement ?? at, names, false) : followed(rules, at, value);
  }
  return [];
}

function followed(rules, element, value) {
  const chain = [];
  let text = value;
  while (chain.length < MAX_CHAIN) {
    const [name] = [...text.matchAll(VARIABLE)].map(([, found]) => found).filter((found) => !chain.includes(found));
    if (!name) break;
    chain.push(name);
    text = inheritedValue(rules, element, name) ?? "";
  }
  return chain.some((name) => name.startsWith("--tk-")) ? chain : [];
}

function inheritedValue(rules, element, name) {
  for (let at = element; at; at = at.parentElement) {
    const value = winner(rules, at, [name]);
    if (value !== null) return value;
  }
  return null;
}

/** The text of the declaration that wins on this very element, or null. */
function winner(rules, element, names) {
  let best = null;
  for (const name of names) {
    const own = element.style?.getPropertyValue(name);
    if (own) return own;
  }
  for (const [order, { rule, weights }] of rules.entries()) {
    const name = names.find((each) => rule.style.getPropertyValue(each));
    if (!name) continue;
    const weight = weights.reduce((most, [selector, each]) => (each > most && matches(element, selector) ? each : most), -1);
    if (weight < 0) continue;
    const rank = [rule.style.getPropertyPriority(name) ? 1 : 0, weight, order];
    if (!best || compare(rank, best.rank) > 0) best = { rank, value: rule.style.getPropertyValue(name) };
  }
  return best?.value ?? null;
}

const compare = (one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

function matches(element, selector) {
  try {
    return element.matches(selector);
  } catch {
    return false; // a pseudo-element is no element
  }
}

function allRules() {
  const found = [];
  const walk = (rules) => {
    for (const rule of rules) {
      if (rule instanceof CSSStyleRule) {
        const selectors = splitSelectors(rule.selectorText);
        found.push({ rule, weights: selectors.map((selector) => [selector, specificity(selector)]) });
      } else if (rule instanceof CSSMediaRule ? matchMedia(rule.media.mediaText).matches : rule instanceof CSSSupportsRule ? CSS.supports(rule.conditionText) : rule.cssRules) {
        walk(rule.cssRules);
      }
    }
  };
  for (const sheet of document.styleSheets) {
    if (sheet.disabled || (sheet.media.length && !matchMedia(sheet.media.mediaText).matches)) continue;
    try {
      walk(sheet.cssRules);
    } catch {
      continue; // another origin's: it has none of our tokens
    }
  }
  return found;
}

function splitSelectors(text) {
  const parts = [];
  let depth = 0, start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if ("([".includes(text[at])) depth += 1;
    else if (")]".includes(text[at])) depth -= 1;
    else if (text[at] === "," && !depth) parts.push(text.slice(start, (start = at + 1) - 1).trim());
  }
  return [...parts, text.slice(start).trim()];
}

/** As one number: ids, then classes, then types. Source: Selectors 4, section 17. */
export function specificity(selector) {
  let total = 0;
  let rest = selector;
  for (let again = true; again; ) {
    again = false;
    rest = rest.replace(/:(where|is|not|has|matches)\(([^()]*)\)/g, (_, name, inner) => {
      again = true;
      if (name !== "where") total += Math.max(...splitSelectors(inner).map(specificity));
      return "";
    });
  }
  rest = rest.replace(/\[[^\]]*\]/g, () => ((total += 1e3), ""));
  rest = rest.replace(/::[\w-]+(\([^)]*\))?/g, () => ((total += 1), ""));
  rest = rest.replace(/#[\w\\-]+/g, () => ((total += 1e6), ""));
  rest = rest.replace(/[.:][\w\\-]+(\([^)]*\))?/g, () => ((total += 1e3), ""));
  return total + (rest.match(/[a-zA-Z][\w-]*/g)?.length ?? 0);
}

