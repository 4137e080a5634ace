// Keeps the rows on the screen where they are while others come in above them: the first visible row is the anchor. At
// the top there is none, and new rows push in. The place is kept while another tab is shown, too.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { scaleOfList } from "../../ui/use-fixed-rows.js";
import type { ListView } from "./list-view.js";

/** The height of a row, px, and of one with a line for what a search found in it. */
export const rowHeight = 24;
export const tallRowHeight = 44;
/** Scrolled down by more than this, the list holds its place. */
const stickyPx = 5;

interface AnchoredRow {
  readonly row: TraceRow;
  /** How far the row's top is above the first visible pixel. */
  readonly offset: number;
  /** The newest trace that was seen at the top. */
  readonly seen: number;
}

/** Where the list was when it was taken from the screen. */
let left: AnchoredRow | null = null;

interface ScrollAnchorOptions {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly list: ListView;
  /** The newest trace's sequence number; 0: none. */
  readonly newest: number;
  /** How many that are listed are newer than the trace of this number. */
  newerThan(seq: number): number;
  /** The height of a row, px. */
  readonly height: number;
  readonly scale: ReturnType<typeof scaleOfList>;
  /** The scroll position that was seen last. */
  readonly scrollTop: number;
  /** Called with the new scroll position, before anything is painted. */
  readonly onMoved: (scrollTop: number) => void;
}

/**
 * The scroll position to draw the rows for. A new list is drawn at once for the place its anchored row moves to: drawn
 * for the place before, every row on the screen would be made and thrown away with each batch of traces.
 */
export function useScrollAnchor(options: ScrollAnchorOptions) {
  const { scroller, list, newest, newerThan, height, scale, scrollTop, onMoved } = options;
  const [seen, setSeen] = useState(left?.seen ?? newest);
  const before = useRef<ListView | null>(null);
  const anchor = useRef<AnchoredRow | null>(null);
  /** The scroll position at the last event: reading it after each change would force another layout. */
  const scrolled = useRef(0);

  const placeOf = (from: AnchoredRow | null): number | null => {
    const index = from === null ? -1 : list.indexOf(from.row.id);
    return from && index >= 0 ? scale.toScroll(index * height + from.offset) : null;
  };
  const wanted = before.current === list ? null : placeOf(before.current === null ? left : anchor.current);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || before.current === list) return;
    before.current = list;
    if (wanted === null) return;
    element.scrollTop = wanted;
    scrolled.current = element.scrollTop;
    onMoved(scrolled.current);
  }, [list, scroller, wanted, onMoved]);

  // The anchor is the row that is visible after everything has settled.
  const note = (): void => {
    const top = scale.toTop(scrolled.current);
    const row = list.at(Math.floor(top / height));
    const last = top <= stickyPx ? newest : seen;
    if (last !== seen) setSeen(last);
    anchor.current = top > stickyPx && row ? { row, offset: top % height, seen: last } : null;
    left = anchor.current;
  };
  useEffect(note);

  // Also to be called by what scrolls the list: the event comes with the next frame, and a
  // list that changes before would be put back.
  const onScroll = (): void => {
    scrolled.current = scroller.current?.scrollTop ?? 0;
    note();
  };
  const toNewest = (): void => {
    if (scroller.current) scroller.current.scrollTop = 0;
    onScroll();
  };
  // Another generation begins below what was seen.
  return {
    scrollTop: wanted ?? scrollTop,
    unseen: newest < seen ? 0 : newerThan(seen),
    onScroll,
    toNewest,
  };
}
