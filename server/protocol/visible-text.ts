// Texts that a person compares: two that differ look different.
import { unicodeEscape } from "./hex.js";

/** Letters, digits, punctuation and signs, with single blanks between them. */
const plain = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u;
/** No glyph of their own: accents of Latin letters, selectors of a variant, letters and patterns that are blank. */
const glyphless = /[\u0300-\u036f\ufe00-\ufe0f\u115f\u1160\u2800\u3164\uffa0]/;
const invisible = /[^ \p{L}\p{M}\p{N}\p{P}\p{S}]|[\u0300-\u036f\ufe00-\ufe0f\u115f\u1160\u2800\u3164\uffa0]/gu;

/** What such a text says could be mistaken for another one in quotes. */
const quoted = /^".*"$/;

export const isPlainText = (text: string): boolean => plain.test(text) && !glyphless.test(text) && !quoted.test(text);

/** The text as JSON, in which all that has no glyph of its own is an escape. */
export const quotedText = (text: string): string =>
  JSON.stringify(text).replace(invisible, (one) =>
    Array.from({ length: one.length }, (_, at) => unicodeEscape(one.charAt(at))).join(""),
  );

/** A text that is not empty, and has nothing to overlook, stays as it is. */
export const visibleText = (text: string): string => (isPlainText(text) ? text : quotedText(text));
