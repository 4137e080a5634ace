// Keeps the values of secret variables out of what is printed, stored or shown as a result.
import { utf8 } from "../../protocol/byte-string.js";
import type { Values } from "../../protocol/http-file/environments.js";

const mask = "•••";
/** In the environments that are no secret file, too. An author is no secret, but an authorization is. */
const secretName = /pass|secret|token|credential|api_?-?key|auth(?!or(?!i[sz]))|cookie|session/i;

/** Whether the name of a variable says that its value is a secret. */
export const isSecretName = (name: string): boolean => secretName.test(name);

/** Those of `open` that their names call secret, and all of `hidden`. */
export function secretValues(open: Values, hidden: Values): readonly string[] {
  return [...[...open].flatMap(([name, value]) => (isSecretName(name) ? [value] : [])), ...hidden.values()];
}

/** Replaces them in a text, in the forms in which a response repeats them. */
export function masking(secrets: readonly string[]): (text: string) => string {
  const longestFirst = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form !== "")
    .toSorted((a, b) => b.length - a.length);
  const encoded = base64Masking(secrets);
  const [escaped, percentEncoded] = [escapedMasking(secrets, backslashes), escapedMasking(secrets, percents)];
  // Base64 first: a short secret may be a part of its letters.
  return (text) =>
    longestFirst.reduce((masked, form) => masked.replaceAll(form, mask), percentEncoded(escaped(encoded(text))));
}

function formsOf(secret: string): readonly string[] {
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  return [
    secret,
    Buffer.from(secret).toString("base64"),
    // Each language escapes the apostrophe in its own way.
    ...["'", "&#39;", "&#039;", "&#x27;"].map((apostrophe) => html.replaceAll("'", apostrophe)),
  ];
}

interface Escapes {
  readonly pattern: RegExp;
  /** Text without any of these has none. */
  readonly signs: readonly string[];
  readonly characterOf: (found: RegExpExecArray) => string;
}

const ofCode = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));
const controls: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** What JSON writes for a character (RFC 8259 §7), programs for a byte, and regular expressions for a sign. */
const backslashes: Escapes = {
  pattern: /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([!-/:-@[-`{-~bfnrt]))/g,
  signs: ["\\"],
  characterOf: ([, unit, byte, letter = ""]) => {
    const code = unit ?? byte;
    return code === undefined ? (controls[letter] ?? letter) : ofCode(code);
  },
};

/** What addresses and forms write for a byte (RFC 3986 §2.1, WHATWG URL §5.1). */
const percents: Escapes = {
  pattern: /%([0-9a-fA-F]{2})|\+/g,
  signs: ["%", "+"],
  characterOf: ([, byte]) => (byte === undefined ? " " : ofCode(byte)),
};

/** Of texts in which some characters of a secret, or bytes of its UTF-8 form, are escapes: each encoder chooses. */
function escapedMasking(secrets: readonly string[], escapes: Escapes): (text: string) => string {
  const sought = [...new Set(secrets.flatMap((secret) => [secret, utf8(secret)]))].filter((secret) => secret !== "");
  return (text) => {
    if (!escapes.signs.some((sign) => text.includes(sign))) return text;
    const { plain, starts } = unescaped(text, escapes);
    let masked = "";
    let shownTo = 0;
    for (const { from, to } of placesOf(sought, plain)) {
      const at = starts[from] ?? 0;
      // One that overlaps with the one before shares its mask.
      if (at >= shownTo) masked += text.slice(shownTo, at) + mask;
      shownTo = Math.max(shownTo, starts[to] ?? text.length);
    }
    return masked + text.slice(shownTo);
  };
}

/** Without its escapes, and where each character begins in the text; the last one is its end. */
function unescaped(
  text: string,
  { pattern, characterOf }: Escapes,
): { readonly plain: string; readonly starts: Uint32Array } {
  const starts = new Uint32Array(text.length + 1);
  let plain = "";
  let to = 0;
  const copy = (end: number): void => {
    for (let at = to; at < end; at++) starts[plain.length + at - to] = at;
    plain += text.slice(to, end);
  };
  for (const found of text.matchAll(pattern)) {
    copy(found.index);
    starts[plain.length] = found.index;
    plain += characterOf(found);
    to = found.index + found[0].length;
  }
  copy(text.length);
  starts[plain.length] = text.length;
  return { plain, starts };
}

/** In their order. */
function placesOf(secrets: readonly string[], text: string) {
  const places: { readonly from: number; readonly to: number }[] = [];
  for (const secret of secrets)
    for (let from = text.indexOf(secret); from >= 0; from = text.indexOf(secret, from + secret.length))
      places.push({ from, to: from + secret.length });
  return places.toSorted((a, b) => a.from - b.from);
}

/** One byte is in most of what looks like base64. */
const minEncodedBytes = 2;

/** Of base64 with a secret in it, as `Basic` has a password behind the user's name. */
function base64Masking(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets.map((secret) => Buffer.from(secret)).filter(({ length }) => length >= minEncodedBytes);
  if (hidden.length === 0) return (text) => text;
  const minLetters = Math.ceil((Math.min(...hidden.map(({ length }) => length)) * 4) / 3);
  // In either alphabet (RFC 4648 §4, §5). Words match, too.
  const run = new RegExp(`[A-Za-z0-9+/_-]{${minLetters},}={0,2}`, "g");
  return (text) => text.replace(run, (letters) => (holdsOne(letters, hidden) ? mask : letters));
}

/** What stands before the base64, as in a path, may consist of the same letters. */
const holdsOne = (letters: string, secrets: readonly Buffer[]): boolean =>
  [0, 1, 2, 3].some((skipped) => {
    const bytes = Buffer.from(letters.slice(skipped), "base64");
    return secrets.some((secret) => bytes.includes(secret));
  });
