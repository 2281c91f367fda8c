/* Material looks for a global `mermaid` before it fetches one from elsewhere. This one loads the portal's own copy. */
(() => {
  const source = new URL("vendor/mermaid.min.js", document.currentScript.src).href;
  const settings = {};
  /* Material colours `line`; mermaid's own rules for lifelines and arrowheads are more specific, and no brand's. */
  /* A message's label may cross the lifeline of a third; a rim of the ground's colour keeps it readable. */
  const ground = "paint-order:stroke;stroke:var(--md-default-bg-color);stroke-width:.45em;stroke-linejoin:round";
  const ours =
    ".actor-line{stroke:var(--md-mermaid-sequence-actor-line-color)}" +
    "#arrowhead path,#crosshead path,[id$=-arrowhead] path,[id$=-crosshead] path{" +
    "fill:var(--md-mermaid-sequence-message-line-color);stroke:var(--md-mermaid-sequence-message-line-color)}" +
    ".sectionTitle,.sectionTitle>tspan{" +
    "fill:var(--md-mermaid-sequence-loop-fg-color);font-family:var(--md-mermaid-font-family)!important}" +
    `text.messageText,text.loopText,text.loopText>tspan,text.sectionTitle,text.sectionTitle>tspan{${ground}}` +
    /* Of gantt charts Material knows nothing: they had mermaid's colours, and black text on dark pages. */
    ".task0,.task1,.task2,.task3,.task{fill:var(--md-mermaid-node-bg-color)!important;" +
    "stroke:var(--md-mermaid-node-fg-color)!important}.section{fill:none!important}" +
    "[class*=taskText],.titleText,.grid .tick text{fill:var(--md-mermaid-label-fg-color)!important}" +
    ".grid .tick line{stroke:var(--md-mermaid-edge-color)}" +
    /* Boxes have the brand's corners. */
    "rect.actor,rect.note,.node rect.basic,.cluster rect,g.stateGroup rect,g.classGroup rect{" +
    "rx:min(var(--tk-radius-m,3px),16px)!important;ry:min(var(--tk-radius-m,3px),16px)!important}";

  /* mermaid measures words itself, for which it must know their font. */
  const fonts = () => {
    const font = getComputedStyle(document.body).getPropertyValue("--md-mermaid-font-family").trim();
    const names = { actorFontFamily: font, messageFontFamily: font, noteFontFamily: font };
    return { fontFamily: font, themeVariables: { fontFamily: font }, sequence: { ...settings.sequence, ...names } };
  };
  /* Boxes and gaps such that the actors fill the column, and lines that wrap: text keeps its size. On a telephone three
     actors find room for text of 13 px, four for 11 px. */
  const fitted = (text) => {
    const column = document.querySelector(".md-content__inner")?.clientWidth ?? 0;
    const headed = (config) => `%%{init: ${JSON.stringify(config)}}%%\n${text}`;
    if (/^\s*gantt\b/.test(text)) return headed({ gantt: { useWidth: Math.max(column, 560) } });
    if (!/^\s*sequenceDiagram\b/.test(text)) return text;
    const actors = new Set(Array.from(text.matchAll(/^\s*(?:participant|actor)\s+(\S+)/gm), (match) => match[1])).size || 4;
    const isNarrow = column < 600;
    const isCrowded = isNarrow && actors > 3;
    const width = isNarrow ? (isCrowded ? 116 : 132) : 148;
    const gap = Math.floor((column - 4 - actors * width) / Math.max(actors - 1, 1));
    const size = isNarrow && !isCrowded ? 15 : 16;
    const sequence = {
      wrap: true,
      wrapPadding: isNarrow ? 4 : 8,
      width,
      height: 54,
      actorMargin: Math.min(Math.max(gap, isNarrow ? 6 : 24), 110),
      diagramMarginX: 2,
      diagramMarginY: 2,
      actorFontSize: size,
      messageFontSize: size,
      noteFontSize: size,
    };
    return headed({ sequence });
  };
  let loading;
  const load = () => {
    loading ??= new Promise((resolve, reject) => {
      delete window.mermaid;
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => {
        const real = window.mermaid;
        window.mermaid = shim;
        const themeCSS = `${settings.themeCSS ?? ""}${ours}`;
        real.initialize({ ...settings, startOnLoad: false, ...fonts(), themeCSS });
        document.fonts.ready.then(() => resolve(real));
      };
      script.onerror = () => reject(new Error(`diagrams cannot be drawn: ${source} did not load`));
      document.head.append(script);
    });
    return loading;
  };
  /* A diagram shrinks to the page, but not until nobody can read it: then it scrolls. */
  const LEAST = 0.7;
  const legible = (drawn) => {
    const svg = drawn.svg.replace(/max-width: ([\d.]+)px;/, (rule, width) => `${rule} min-width: ${width * LEAST}px;`);
    return { ...drawn, svg };
  };
  const shim = {
    initialize: (options) => void Object.assign(settings, options),
    render: async (id, text, ...rest) => legible(await (await load()).render(id, fitted(text), ...rest)),
  };
  window.mermaid = shim;
})();
