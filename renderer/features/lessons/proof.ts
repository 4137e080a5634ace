// Where what a script wrote leaves what it should have written: the lines of both, each in a part that is alike, one
// that differs, and one that is alike again.
import { spacedHex } from "../../../server/protocol/hex.js";

export interface Proof {
  readonly before: string;
  readonly got: string;
  readonly wanted: string;
  readonly after: string;
}

/** What is shown before the difference. */
const maxBefore = 24;
const maxShown = 60;

/** Compares a text with another one that it must be, or must hold. */
export function proofOf(got: string, wanted: string): Proof {
  const [at, alike] = bestStart(got, wanted);
  const restWanted = wanted.slice(alike);
  const lineEnd = got.indexOf("\n", at + alike);
  const restGot = got.slice(at + alike, lineEnd < 0 || restWanted.includes("\n") ? undefined : lineEnd);
  const after = commonEnd(restGot, restWanted);
  const differing = (rest: string): string => cut(rest.slice(0, rest.length - after));
  return {
    before: lastLine(got.slice(0, at + alike)),
    got: differing(restGot),
    wanted: differing(restWanted),
    after: cut(restGot.slice(restGot.length - after)),
  };
}

const cut = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown)}…` : text);
const lastLine = (text: string): string => {
  const line = text.slice(text.lastIndexOf("\n", text.length - 2) + 1);
  return line.length > maxBefore ? `…${line.slice(-maxBefore)}` : line;
};

/** Where in `text` the longest beginning of `wanted` is, and how long that is. */
function bestStart(text: string, wanted: string): readonly [at: number, length: number] {
  let best: readonly [number, number] = [0, 0];
  for (let length = 1; length <= wanted.length; length++) {
    const at = text.indexOf(wanted.slice(0, length), best[0]);
    if (at < 0) break;
    best = [at, length];
  }
  return best;
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < Math.min(a.length, b.length) && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

/** The bytes of a short text in UTF-8; null: it is long, or is no UTF-8, so that its bytes are not known here. */
export function hexOf(text: string): string | null {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length === 0 || bytes.length > 12 || text.includes("\ufffd") || text.includes("…")) return null;
  return spacedHex(bytes);
}
