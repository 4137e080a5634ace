// Terminal colours in a stream (ECMA-48 §8.3.117, SGR): where its escape sequences are and which style
// follows each, found piece by piece while the bytes arrive. Drawn in the theme's own colours, so that they can
// be read on light and dark.
import type { CSSProperties } from "react";
import { countBefore } from "../../../server/contract/count-before.js";

/**
 * A colour of the theme: 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7
 * as text, 8 grey; null is the stream's own.
 */
export type Colour = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | null;
type Attribute = "bold" | "dim" | "italic" | "underline" | "strike" | "inverse";
export interface TextStyle extends Readonly<Record<Attribute, boolean>> {
  readonly fg: Colour;
  readonly bg: Colour;
}
export const plainStyle: TextStyle = {
  fg: null,
  bg: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  strike: false,
  inverse: false,
};

/** A longer sequence is not treated as one: its bytes mean something else. */
const maxSequence = 64;

/** Bytes of the control sequence (CSI) at `at`; 0 when there is none, or when it is cut off at `end`. */
export function escapeLength(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== 0x1b || bytes[at + 1] !== 0x5b) return 0;
  const stop = Math.min(end, at + maxSequence);
  for (let next = at + 2; next < stop; next++) {
    const byte = bytes[next] ?? 0;
    if (byte >= 0x40 && byte <= 0x7e) return next + 1 - at;
    if (byte < 0x20 || byte > 0x3f) return 0;
  }
  return 0;
}

const hues: readonly Colour[] = [1, 3, 2, 6, 4, 5];

/** The theme's colour that comes nearest to a screen colour. */
export function nearestColour(red: number, green: number, blue: number): Colour {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  const spread = most - least;
  if (spread < 40) return most > 60 && most < 170 ? 8 : 7;
  const sixth =
    most === red ? (green - blue) / spread : most === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
  return hues[Math.round(sixth + 6) % 6] ?? 7;
}

const basic: readonly Colour[] = [7, 1, 2, 3, 4, 5, 6, 7];

/** One of the 256 colours. */
function indexed(index: number): Colour {
  if (index < 16) return index === 8 ? 8 : (basic[index % 8] ?? 7);
  if (index >= 232) return nearestColour(8 + (index - 232) * 10, 8 + (index - 232) * 10, 8 + (index - 232) * 10);
  const level = (step: number): number => (step === 0 ? 0 : 55 + step * 40);
  const cube = index - 16;
  return nearestColour(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6));
}

/**
 * The style after a sequence's parameters (`1;31`). A colour (38, 48; 58 of the underline, which is not drawn) takes
 * those that follow it (`38;5;n`, `38;2;r;g;b`), or has parts of its own after colons (`38:5:n`, `38:2:space:r:g:b`).
 */
export function styleAfter(before: TextStyle, parameters: string): TextStyle {
  let style = before;
  const all = parameters.split(";").map((parameter) => parameter.split(":").map(Number)); // an empty one is 0
  for (let i = 0; i < all.length; i++) {
    const [code = 0, ...own] = all[i] ?? [];
    if (code === 38 || code === 48 || code === 58) {
      const [kind, ...values] = own.length > 0 ? own : all.slice(i + 1, i + 5).map(([first = 0]) => first);
      const [a = 0, b = 0, c = 0] = own.length > 4 ? values.slice(1) : values;
      const colour = kind === 5 ? indexed(a) : kind === 2 ? nearestColour(a, b, c) : null;
      if (code === 38) style = { ...style, fg: colour };
      else if (code === 48) style = { ...style, bg: colour };
      if (own.length === 0) i += kind === 5 ? 2 : kind === 2 ? 4 : 1;
    } else if (code === 4 && own.length > 0) style = { ...style, underline: own[0] !== 0 };
    else style = { ...style, ...changeOf(code) };
  }
  return style;
}

function changeOf(code: number): Partial<TextStyle> {
  if (code >= 30 && code <= 37) return { fg: basic[code - 30] ?? null };
  if (code >= 90 && code <= 97) return { fg: indexed(code - 82) };
  if (code >= 40 && code <= 47) return { bg: basic[code - 40] ?? null };
  if (code >= 100 && code <= 107) return { bg: indexed(code - 92) };
  return changes[code] ?? {};
}
const changes: Readonly<Record<number, Partial<TextStyle>>> = {
  0: plainStyle,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  7: { inverse: true },
  9: { strike: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
  27: { inverse: false },
  29: { strike: false },
  39: { fg: null },
  49: { bg: null },
};

/** Sequences beyond these change nothing: the text stays as it was. */
const maxSequences = 200_000;

/** The sequences of a stream, in order. */
export class EscapeIndex {
  readonly #ends: number[] = [];
  readonly #styles: TextStyle[] = [];
  #next = 0;
  #style = plainStyle;

  get count(): number {
    return this.#ends.length;
  }

  /** Goes on to `available` bytes; `isEnd`: nothing comes after them. */
  extend(bytes: Uint8Array, available: number, isEnd: boolean): void {
    const stop = isEnd ? available : available - maxSequence;
    while (this.#next < stop && this.#ends.length < maxSequences) {
      const at = bytes.indexOf(0x1b, this.#next);
      if (at === -1 || at >= stop) {
        this.#next = stop;
        return;
      }
      const length = escapeLength(bytes, at, available);
      this.#next = at + Math.max(1, length);
      if (length > 0) this.#add(bytes.subarray(at, at + length), at + length);
    }
  }

  /** The style of the text at `offset`. */
  styleAt(offset: number): TextStyle {
    return this.#styles[countBefore(this.#ends, (end) => end <= offset) - 1] ?? plainStyle;
  }

  #add(sequence: Uint8Array, end: number): void {
    // Only "m" without a private mark is about looks; a sequence of another kind is kept, so that it counts as one.
    const text = String.fromCharCode(...sequence.subarray(2));
    if (/^[\d;:]*m$/.test(text)) this.#style = styleAfter(this.#style, text.slice(0, -1));
    this.#ends.push(end);
    this.#styles.push(this.#style);
  }
}

/** The tokens of the theme's own colours, which hold their contrast. */
const colourTokens = { 1: "bad", 2: "ok", 3: "warn", 4: "c1", 5: "c4", 6: "c5", 7: "text", 8: "dim" } as const;

/** A style as CSS; undefined for plain text. The colours are variables: a selection or a match goes before them. */
export function cssOf(style: TextStyle): CSSProperties | undefined {
  if (style === plainStyle) return undefined;
  const { fg, bg, bold, dim, italic, underline, strike, inverse } = style;
  const own = fg === null ? null : colourTokens[fg];
  // On a tint only the text's own colour is sure to be read.
  const front = inverse ? "bg" : dim ? "dim" : bg === null ? own : "text";
  const tint = bg === null ? null : bg >= 7 ? "var(--hover)" : tintOf(colourTokens[bg]);
  const back = inverse ? "var(--text)" : tint;
  const css: CSSProperties & Partial<Record<"--byte-fg" | "--byte-bg", string>> = {
    ...(front !== null && { "--byte-fg": `var(--${front})` }),
    ...(back !== null && { "--byte-bg": back }),
    ...(bold && { fontWeight: 700 }),
    ...(italic && { fontStyle: "italic" }),
    ...((underline || strike) && {
      textDecoration: [underline && "underline", strike && "line-through"].filter((line) => line !== false).join(" "),
    }),
  };
  return css;
}

const tintOf = (token: string): string => `color-mix(in srgb, var(--${token}) var(--tint), transparent)`;
