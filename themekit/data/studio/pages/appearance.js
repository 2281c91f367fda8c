// How the Studio wants a page to look: scheme, direction, motion, and as other eyes see it.

const SCHEMES = {
  light: ["default", null],
  dark: ["slate", null],
  "light-contrast": ["default", "light-contrast"],
  "dark-contrast": ["slate", "dark-contrast"],
};
// Rows of red, green and blue. Source: Machado, Oliveira, Fernandes 2009, severity 1.0; luminance of sRGB for the last.
const VISIONS = {
  protanopia: "0.152286 1.052583 -0.204868 0 0 0.114503 0.786281 0.099216 0 0 -0.003882 -0.048116 1.051998 0 0",
  deuteranopia: "0.367322 0.860646 -0.227968 0 0 0.280085 0.672501 0.047413 0 0 -0.01182 0.04294 0.968881 0 0",
  tritanopia: "1.255528 -0.076749 -0.178779 0 0 -0.078411 0.930809 0.147602 0 0 0.004733 0.691367 0.3039 0 0",
  achromatopsia: "0.2126 0.7152 0.0722 0 0 0.2126 0.7152 0.0722 0 0 0.2126 0.7152 0.0722 0 0",
};
const SVG = "http://www.w3.org/2000/svg";
const still = new CSSStyleSheet();
still.replaceSync(
  "*,*::before,*::after{animation-duration:.01ms!important;animation-iteration-count:1!important;" +
    "transition-duration:.01ms!important;transition-delay:0s!important;scroll-behavior:auto!important}",
);

export function showAs({ scheme, direction, motion, vision }) {
  const { body, documentElement: root } = document;
  const [material, mode] = SCHEMES[scheme] ?? SCHEMES.light;
  body.dataset.mdColorScheme = material;
  if (mode) body.dataset.tkMode = mode;
  else delete body.dataset.tkMode;
  body.dir = root.dir = direction || "ltr";
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== still);
  if (motion === "reduce") document.adoptedStyleSheets.push(still);
  root.style.filter = VISIONS[vision] ? `url(#${filterOf(vision)})` : "";
}

function filterOf(vision) {
  const id = `themekit-${vision}`;
  if (!document.getElementById(id)) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", "0");
    svg.setAttribute("height", "0");
    svg.setAttribute("aria-hidden", "true");
    svg.style.position = "absolute";
    const filter = document.createElementNS(SVG, "filter");
    filter.id = id;
    filter.setAttribute("color-interpolation-filters", "linearRGB");
    const matrix = document.createElementNS(SVG, "feColorMatrix");
    matrix.setAttribute("values", `${VISIONS[vision]} 0 0 0 1 0`);
    filter.append(matrix);
    svg.append(filter);
    document.body.append(svg);
  }
  return id;
}
