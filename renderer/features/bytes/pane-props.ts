// What the text and the hex of one stream are given alike.
import type { ByteRowsProps } from "./byte-pane.js";
import { rangeOf } from "./byte-selection.js";
import type { Finder } from "./finder.js";
import type { StreamLoader } from "./stream-loader.js";
import type { Highlight, Mark } from "./tokens.js";

export interface StreamPaneProps extends ByteRowsProps {
  readonly title: string;
  readonly loader: StreamLoader;
  /** Changes when bytes came. */
  readonly version: number;
  readonly charset: string;
  readonly marks: readonly Mark[];
  readonly find: { readonly finder: Finder; readonly current: number | null } | null;
}

/** What is drawn over the bytes `[from, to)`: matches, and over them the selection. */
export function highlightsOf(
  { selection, find }: Pick<StreamPaneProps, "selection" | "find">,
  from: number,
  to: number,
): Highlight[] {
  const found = find?.finder.within(from, to, find.current) ?? [];
  const range = rangeOf(selection);
  return range && range.from < to && range.to > from ? [...found, { ...range, is: "selected" }] : found;
}

/** Number of hex digits of an offset in a stream of this many bytes. */
export const offsetDigitsOf = (length: number): number => Math.max(4, (length - 1).toString(16).length);
