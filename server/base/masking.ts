// Keeps the values of secret variables out of what is printed, stored or shown as a result.
import type { Values } from "../formats/http-file/environments.js";
import { latin1, utf8 } from "../protocol/byte-string.js";
import { escapeBytes } from "../protocol/quote.js";
import { isSecretName } from "../protocol/secret-name.js";
import { escapeHtml } from "./escape-html.js";

/** The values of `open` that their names call secret, and all of `hidden`. */
export function secretValues(open: Values, hidden: Values): readonly string[] {
  return [...[...open].flatMap(([name, value]) => (isSecretName(name) ? [value] : [])), ...hidden.values()];
}

/** What stands in place of a text. */
type MaskOf = (hidden: string) => string;

/**
 * Replaces them in a text, in the forms in which a response repeats them. `without` takes one form out of a text: it
 * may know more of the text's end.
 */
export function masking(
  secrets: readonly string[],
  maskOf: MaskOf = () => "•••",
): (text: string, without?: (text: string, form: string) => string) => string {
  const longestFirst = [...new Set(secrets.flatMap(formsOf))]
    .filter((form) => form !== "")
    .toSorted((a, b) => b.length - a.length);
  const encoded = base64Masking(secrets, maskOf);
  const escapes = [backslashes, percents].map((kind) => escapedMasking(secrets, kind, maskOf));
  // Base64 first: a short secret may be a part of its letters.
  return (text, without = (all, form) => all.replaceAll(form, maskOf(form))) =>
    longestFirst.reduce(
      without,
      escapes.reduce((masked, next) => next(masked), encoded(text)),
    );
}

/** The secret as it is and as sentences quote it, each also in HTML: languages escape the apostrophe differently. */
function formsOf(secret: string): readonly string[] {
  return [secret, escapeBytes(latin1(secret))].flatMap((text) => [
    text,
    ...["&#39;", "'", "&#039;", "&#x27;"].map((apostrophe) => escapeHtml(text).replaceAll("&#39;", apostrophe)),
  ]);
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

/** Masks texts in which some characters of a secret, or bytes of its UTF-8 form, are escapes: each encoder chooses. */
function escapedMasking(secrets: readonly string[], escapes: Escapes, maskOf: MaskOf): (text: string) => string {
  const sought = [...new Set(secrets.flatMap((secret) => [secret, utf8(secret)]))].filter((secret) => secret !== "");
  return (text) => {
    if (!escapes.signs.some((sign) => text.includes(sign))) return text;
    const { plain, starts } = unescaped(text, escapes);
    let masked = "";
    let shownTo = 0;
    for (const { from, to } of placesOf(sought, plain)) {
      const at = starts[from] ?? 0;
      const end = starts[to] ?? text.length;
      if (end <= shownTo || end - at === to - from) continue; // nothing in it is an escape
      // One that overlaps with the one before shares its mask.
      masked += text.slice(shownTo, at) + maskOf(text.slice(Math.max(shownTo, at), end));
      shownTo = end;
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

/** Masks base64 with a secret in it, as `Basic` has a password behind the user's name. */
function base64Masking(secrets: readonly string[], maskOf: MaskOf): (text: string) => string {
  const hidden = secrets.map((secret) => Buffer.from(secret)).filter(({ length }) => length >= minEncodedBytes);
  if (hidden.length === 0) return (text) => text;
  const minLetters = Math.ceil((Math.min(...hidden.map(({ length }) => length)) * 4) / 3);
  // In either alphabet (RFC 4648 §4, §5). Words match, too.
  const run = new RegExp(`[A-Za-z0-9+/_-]{${minLetters},}={0,2}`, "g");
  const cores = [...new Set(hidden.flatMap(coresOf))];
  const mayHold = (text: string): boolean => cores.some((core) => text.includes(core));
  return (text) =>
    mayHold(text)
      ? text.replace(run, (letters) => (mayHold(letters) && holdsOne(letters, hidden) ? maskOf(letters) : letters))
      : text;
}

/** The letters that depend on it alone, behind no, one or two bytes. */
function coresOf(secret: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((before) => {
    const from = Math.ceil((before * 8) / 6);
    const to = Math.floor(((before + secret.length) * 8) / 6);
    const letters = Buffer.concat([Buffer.alloc(before), secret])
      .toString("base64")
      .slice(from, to);
    return [letters, letters.replaceAll("+", "-").replaceAll("/", "_")];
  });
}

/** What stands before the base64, as in a path, may consist of the same letters. */
const holdsOne = (letters: string, secrets: readonly Buffer[]): boolean =>
  [0, 1, 2, 3].some((skipped) => {
    const bytes = Buffer.from(letters.slice(skipped), "base64");
    return secrets.some((secret) => bytes.includes(secret));
  });
