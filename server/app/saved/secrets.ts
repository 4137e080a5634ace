// Keeps the values of secret variables out of what is printed, stored or shown as a result.
import type { Values } from "../../protocol/http-file/environments.js";

const mask = "•••";
/** In the environments that are no secret file, too. */
const secretName = /pass|secret|token|credential|api_?-?key|auth|cookie|session/i;

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
  // Base64 first: a short secret may be a part of its letters.
  return (text) => longestFirst.reduce((masked, form) => masked.replaceAll(form, mask), encoded(text));
}

function formsOf(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1);
  const html = secret
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
  return [
    secret,
    encodeURIComponent(Buffer.from(secret).toString()), // without half characters, which have no such form
    Buffer.from(secret).toString("base64"),
    // PHP escapes the slash.
    ...[json, json.replaceAll("/", "\\/")],
    // Each language escapes the apostrophe in its own way.
    ...["'", "&#39;", "&#039;", "&#x27;"].map((apostrophe) => html.replaceAll("'", apostrophe)),
  ];
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
