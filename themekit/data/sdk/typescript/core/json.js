// Numbers of JavaScript hold integers up to 2^53. Larger ones are read as bigint, and a bigint is written as an
// integer, so that no digit is lost. Every text gets a letter in front while numbers are carried as texts: `s` for what
// is a text, `n` for an integer.

const LONG_INTEGER = /\d{16}/;
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d[\d.eE+-]*/g;
const INTEGER = /^-?\d+$/;

export function parseJson(text) {
  if (!LONG_INTEGER.test(text)) {
    return JSON.parse(text);
  }
  return JSON.parse(text.replace(TOKENS, carried), (_, value) => {
    if (typeof value !== "string") {
      return value;
    }
    return value[0] === "n" ? BigInt(value.slice(1)) : value.slice(1);
  });
}

export function writeJson(value) {
  let hasBigint = false;
  const plain = JSON.stringify(value, (_, member) => {
    hasBigint ||= typeof member === "bigint";
    return typeof member === "bigint" ? 0 : member;
  });
  if (!hasBigint) {
    return plain;
  }
  const marked = JSON.stringify(value, (_, member) => {
    if (typeof member === "bigint") {
      return `n${member}`;
    }
    return typeof member === "string" ? `s${member}` : member;
  });
  return marked.replace(TOKENS, uncarried);
}

function carried(token, colon) {
  if (token[0] === '"') {
    return colon === undefined ? `"s${token.slice(1)}` : token;
  }
  const isLong = INTEGER.test(token) && !Number.isSafeInteger(Number(token));
  return isLong ? `"n${token}"` : token;
}

function uncarried(token, colon) {
  if (token[0] !== '"' || colon !== undefined) {
    return token;
  }
  return token[1] === "n" ? token.slice(2, -1) : `"${token.slice(2)}`;
}
