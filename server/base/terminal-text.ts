// Words for a terminal. What scripts, file names and configurations contain must not control it: control characters and
// marks that turn the direction of writing are shown as escapes.
import { hexEscape, unicodeEscape } from "../protocol/hex.js";

/** C0 but tab and line feed, DEL, C1, and the bidirectional controls. */
const controls = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

export function terminalText(text: string): string {
  return text.replace(controls, (control) => (control <= "\xff" ? hexEscape(control) : unicodeEscape(control)));
}

/** The controls to escape in JSON, where an escape is the character itself. C0 are escaped in it anyway. */
const controlsInJson = /[\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A value as one line of JSON that cannot control a terminal. */
export const jsonLine = (value: unknown): string => `${JSON.stringify(value).replace(controlsInJson, unicodeEscape)}\n`;

/** Writes words, for people; data goes to stdout as it is. */
export function writeWords(stream: NodeJS.WritableStream, text: string): void {
  stream.write(terminalText(text));
}
