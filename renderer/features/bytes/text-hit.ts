// Which place between two bytes a pointer in a row of text is nearest to. Characters
// differ in width, so the browser is asked.
import type { Units } from "./byte-selection.js";
import { decode } from "./tokens.js";

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
  for (const token of tokens) {
    const box = token.getBoundingClientRect();
    const [from, to] = [Number(token.dataset["from"]), Number(token.dataset["to"])];
    if (clientX < box.left) return from;
    if (clientX >= box.right) continue;
    const text = token.firstChild;
    if (token.childNodes.length === 1 && text instanceof Text && token.dataset["invalid"] === undefined)
      return withinText(text, clientX, from, to, bytes, units, charset);
    return clientX < (box.left + box.right) / 2 ? from : to;
  }
  return bounds.to;
}

function withinText(
  text: Text,
  clientX: number,
  from: number,
  to: number,
  bytes: Uint8Array,
  units: Units,
  charset: string,
): number {
  const range = document.createRange();
  let at = from;
  for (let index = 0; index < text.length && at < to; ) {
    const next = units.next(at);
    const length = Math.max(1, decode(bytes, at, next, charset).length);
    range.setStart(text, index);
    range.setEnd(text, Math.min(text.length, index + length));
    const box = range.getBoundingClientRect();
    if (clientX < (box.left + box.right) / 2) return at;
    index += length;
    at = next;
  }
  return to;
}
