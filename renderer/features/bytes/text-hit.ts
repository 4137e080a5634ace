// Which place between two bytes a pointer in a row of text is nearest to. Characters differ in width, and Hebrew and
// Arabic run from right to left, so the browser is asked where each one stands.
import type { Units } from "./byte-selection.js";
import { decode } from "./tokens.js";

/** A character, or another token as a whole. */
interface Cell {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  readonly isRightToLeft: boolean;
}

/**
 * `row`: its element, whose tokens say which bytes they are. `bounds`: the places a
 * pointer left or right of everything means.
 */
export function textHit(
  row: HTMLElement,
  clientX: number,
  bytes: Uint8Array,
  units: Units,
  charset: string,
  bounds: { readonly from: number; readonly to: number },
): number {
  const tokens = [...row.querySelectorAll<HTMLElement>("[data-from]")];
  let leftmost = Number.POSITIVE_INFINITY;
  let rightmost = Number.NEGATIVE_INFINITY;
  for (const token of tokens) {
    const { left, right } = token.getBoundingClientRect();
    leftmost = Math.min(leftmost, left);
    rightmost = Math.max(rightmost, right);
    if (clientX < left || clientX >= right) continue;
    // Where directions mix, what stands between a token's ends may be another one's.
    for (const cell of cellsOf(token, bytes, units, charset)) if (isIn(cell, clientX)) return placeIn(cell, clientX);
  }
  return clientX < leftmost ? bounds.from : clientX >= rightmost ? bounds.to : nearest(tokens, clientX, bounds.to);
}

const isIn = ({ left, right }: Cell, clientX: number): boolean => left <= clientX && clientX < right;

function placeIn({ from, to, left, right, isRightToLeft }: Cell, clientX: number): number {
  return clientX < (left + right) / 2 === isRightToLeft ? to : from;
}

/** Between two tokens. */
function nearest(tokens: readonly HTMLElement[], clientX: number, otherwise: number): number {
  const next = tokens.find((token) => clientX < token.getBoundingClientRect().left);
  return next ? Number(next.dataset["from"]) : otherwise;
}

function* cellsOf(token: HTMLElement, bytes: Uint8Array, units: Units, charset: string): Generator<Cell> {
  const from = Number(token.dataset["from"]);
  const to = Number(token.dataset["to"]);
  const text = token.firstChild;
  if (token.childNodes.length !== 1 || !(text instanceof Text) || token.dataset["invalid"] !== undefined) {
    const { left, right } = token.getBoundingClientRect();
    return yield { from, to, left, right, isRightToLeft: false };
  }
  const range = document.createRange();
  let before = Number.NEGATIVE_INFINITY;
  let at = from;
  for (let index = 0; index < text.length && at < to; ) {
    const next = units.next(at);
    const character = decode(bytes, at, next, charset);
    const length = Math.max(1, character.length);
    range.setStart(text, index);
    range.setEnd(text, Math.min(text.length, index + length));
    const { left, right } = range.getBoundingClientRect();
    yield { from: at, to: next, left, right, isRightToLeft: isRightToLeft(character, left < before) };
    before = left;
    index += length;
    at = next;
  }
}

/** A space or a sign goes as the text around it: `isLeftOfLast` says where it stands. */
const isRightToLeft = (character: string, isLeftOfLast: boolean): boolean =>
  /[\p{L}\p{M}\p{N}]/u.test(character) ? rightToLeft.test(character) : isLeftOfLast;
/** The blocks of these scripts (Unicode Standard Annex #9, table 4), without the Arabic digits. */
const rightToLeft = /(?!\p{Nd})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
