// OKLCH, sRGB and WCAG contrast, as themekit.resolve has them; the tests hold both to the same vectors.
// Source of the matrices: CSS Color 4, section 17, with the step over XYZ multiplied out.

const TOLERANCE = 1e-4; // a third of an 8-bit step at black
const BISECTIONS = 13; // of a chroma range of 0.5: to a tenth of a byte
const GREY_CHROMA = 4e-6;

const toRadians = (degrees) => (degrees * Math.PI) / 180;

export const decode = (encoded) => (encoded <= 0.04045 ? encoded / 12.92 : ((encoded + 0.055) / 1.055) ** 2.4);
export const encode = (linear) => (linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055);
const byte = (linear) => Math.min(255, Math.max(0, Math.round(encode(linear) * 255)));

/** Linear-light sRGB of OKLCH `[lightness 0..1, chroma, hue in degrees]`; outside 0..1 it is outside the gamut. */
export function oklchToLinear([lightness, chroma, hue]) {
  const a = chroma * Math.cos(toRadians(hue));
  const b = chroma * Math.sin(toRadians(hue));
  const long = (lightness + 0.396337777376175 * a + 0.2158037573099136 * b) ** 3;
  const medium = (lightness - 0.10556134581565856 * a - 0.06385417282581334 * b) ** 3;
  const short = (lightness - 0.08948417752981182 * a - 1.2914855480194094 * b) ** 3;
  return [
    4.076741636075958 * long - 3.3077115392580625 * medium + 0.23096990318210447 * short,
    -1.268437973285032 * long + 2.609757349287689 * medium - 0.3413193760026573 * short,
    -0.00419607613867548 * long - 0.7034186179359363 * medium + 1.7076146940746117 * short,
  ];
}

export function linearToOklch([red, green, blue]) {
  const long = Math.cbrt(0.412221469470763 * red + 0.5363325372617348 * green + 0.0514459932675022 * blue);
  const medium = Math.cbrt(0.21190349581782522 * red + 0.6806995506452344 * green + 0.10739695353694055 * blue);
  const short = Math.cbrt(0.08830245919005643 * red + 0.2817188391361215 * green + 0.6299787016738221 * blue);
  const lightness = 0.210454268309314 * long + 0.7936177747023054 * medium - 0.0040720430116193 * short;
  const a = 1.9779985324311684 * long - 2.42859224204858 * medium + 0.450593709617411 * short;
  const b = 0.0259040424655478 * long + 0.7827717124575296 * medium - 0.8086757549230774 * short;
  const chroma = Math.hypot(a, b);
  if (chroma < GREY_CHROMA) return [lightness, 0, 0];
  return [lightness, chroma, ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360];
}

export const fits = (linear) => linear.every((channel) => channel >= -TOLERANCE && channel <= 1 + TOLERANCE);

/** The three bytes a screen shows; what does not fit keeps lightness and hue, and loses chroma. */
export function oklchToRgb8(oklch) {
  const [lightness, chroma, hue] = oklch;
  const linear = oklchToLinear(oklch);
  if (fits(linear)) return linear.map(byte);
  if (lightness >= 1) return [255, 255, 255];
  if (lightness <= 0) return [0, 0, 0];
  return oklchToLinear([lightness, maxChroma(lightness, hue, chroma), hue]).map(byte);
}

/** The greatest chroma that sRGB shows at a lightness and hue. */
export function maxChroma(lightness, hue, outside = 0.5) {
  let inside = 0;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const middle = (inside + outside) / 2;
    if (fits(oklchToLinear([lightness, middle, hue]))) inside = middle;
    else outside = middle;
  }
  return inside;
}

export const rgb8ToOklch = (rgb) => linearToOklch(rgb.map((channel) => decode(channel / 255)));

export const toHex = (rgb) => `#${rgb.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;

/** Relative luminance, and the contrast ratio of two triples of bytes. Source: WCAG 2.2. */
export const luminance = (rgb) => {
  const [red, green, blue] = rgb.map((channel) => decode(channel / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

export function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** A ratio as it may be shown: cut, not rounded, so that 4.499 is never a 4.5. */
export const shownRatio = (ratio) => (Math.floor(ratio * 100) / 100).toFixed(2);

const HEX = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i;
const OKLCH = /^oklch\(\s*([\d.]+)(%?)\s+([\d.]+)(%?)\s+([\d.]+)(?:deg)?\s*(?:\/\s*([\d.]+)(%?)\s*)?\)$/i;

/** `{oklch, alpha, form}` of hex, `oklch()` or a DTCG object in sRGB or OKLCH; null for what only the server reads. */
export function parseColor(value) {
  if (value !== null && typeof value === "object") return parseObject(value);
  if (typeof value !== "string") return null;
  const text = value.trim();
  if (HEX.test(text)) return parseHex(text.slice(1));
  const found = OKLCH.exec(text);
  if (!found) return null;
  const lightness = Number(found[1]) / (found[2] ? 100 : 1);
  const chroma = Number(found[3]) * (found[4] ? 0.004 : 1);
  const alpha = found[6] === undefined ? 1 : Number(found[6]) / (found[7] ? 100 : 1);
  const numbers = [lightness, chroma, Number(found[5]) % 360];
  if (![...numbers, alpha].every(Number.isFinite) || lightness > 1 || alpha > 1) return null;
  return { oklch: numbers, alpha, form: "oklch" };
}

function parseHex(digits) {
  const full = digits.length < 6 ? digits.replace(/./g, "$&$&") : digits;
  const bytes = full.match(/../g).map((pair) => Number.parseInt(pair, 16));
  return { oklch: rgb8ToOklch(bytes.slice(0, 3)), alpha: bytes.length > 3 ? bytes[3] / 255 : 1, form: "hex" };
}

function parseObject({ colorSpace, components, alpha = 1 }) {
  if (!Array.isArray(components) || !components.every(Number.isFinite)) return null;
  if (colorSpace === "oklch") return { oklch: components, alpha, form: "object-oklch" };
  if (colorSpace === "srgb") return { oklch: linearToOklch(components.map(decode)), alpha, form: "object-srgb" };
  return null;
}

const rounded = (number, digits) => Number(number.toFixed(digits));

/** A colour in the notation that the file already has. */
export function formatColor({ oklch, alpha, form }) {
  const [lightness, chroma, hue] = [rounded(oklch[0], 4), rounded(oklch[1], 4), rounded(oklch[2], 2)];
  const rgb = oklchToRgb8(oklch);
  if (form === "oklch") return `oklch(${lightness} ${chroma} ${hue}${alpha < 1 ? ` / ${rounded(alpha, 3)}` : ""})`;
  const object = alpha < 1 ? { alpha: rounded(alpha, 3) } : {};
  if (form === "object-oklch") return { colorSpace: "oklch", components: [lightness, chroma, hue], ...object };
  if (form === "object-srgb") {
    return { colorSpace: "srgb", components: rgb.map((channel) => rounded(channel / 255, 4)), ...object };
  }
  return toHex(alpha < 1 ? [...rgb, Math.round(alpha * 255)] : rgb);
}
