// What the text and the hex of one stream are given alike.
import type { Ref } from "react";
import type { OnByteMenu, PaneHandle, ScrollRequest } from "./byte-pane.js";
import type { ByteSelection } from "./byte-selection.js";
import type { Finder } from "./finder.js";
import type { StreamLoader } from "./stream-loader.js";
import type { Highlight, Mark } from "./tokens.js";

export interface StreamPaneProps {
  readonly title: string;
  readonly loader: StreamLoader;
  /** Changes when bytes came. */
  readonly version: number;
  readonly charset: string;
  readonly marks: readonly Mark[];
  readonly selection: ByteSelection | null;
  readonly onSelect: (selection: ByteSelection) => void;
  readonly find: { readonly finder: Finder; readonly current: number | null } | null;
  readonly scroll: ScrollRequest | null;
  readonly handle: Ref<PaneHandle>;
  readonly onScroll: (isOurs: boolean) => void;
  readonly onReflow: () => void;
  readonly onMenu: OnByteMenu;
}

/** What is drawn over the bytes `[from, to)`: matches, and over them the selection. */
export function highlightsOf(
  { selection, find }: Pick<StreamPaneProps, "selection" | "find">,
  from: number,
  to: number,
): Highlight[] {
  const found = find?.finder.within(from, to, find.current) ?? [];
  if (selection === null || selection.anchor === selection.head) return found;
  const selected: Highlight = {
    from: Math.min(selection.anchor, selection.head),
    to: Math.max(selection.anchor, selection.head),
    is: "selected",
  };
  return selected.from < to && selected.to > from ? [...found, selected] : found;
}

/** Number of hex digits of an offset in a stream of this many bytes. */
export const offsetDigitsOf = (length: number): number => Math.max(4, (length - 1).toString(16).length);
