// Keeps the rows on the screen where they are while others come in above them: the first visible row is the anchor. At the top there is
// none, and new rows push in. The place is kept while another tab is shown, too.
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import type { Arranged } from "./arrange.js";

/** Of a row, px; of one with a line for what a search found in it. */
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

/** A list that is higher than elements can be scrolls faster than its rows: what is a scroll position, and which part of the list it shows. */
export interface ScrollScale {
  toScroll(top: number): number;
  toTop(scroll: number): number;
}

/** Browsers cut off higher elements: Chromium at 33.5 million px, Firefox at 17.9 million. */
const maxElementPx = CSS.supports("-moz-appearance", "none") ? 16_000_000 : 32_000_000;

/** Of a list, and of what is in view of it, px. */
export function scaleOfList(px: number, viewPx: number, maxPx = maxElementPx): ScrollScale & { readonly px: number } {
  const drawn = Math.min(px, maxPx);
  const scale = drawn === px ? 1 : (px - viewPx) / (drawn - viewPx);
  return { px: drawn, toScroll: (top) => top / scale, toTop: (scroll) => scroll * scale };
}

/** `onMoved`: called with the new scroll position, before anything is painted. */
export function useScrollAnchor(
  scroller: RefObject<HTMLDivElement | null>,
  list: Arranged,
  newest: number,
  height: number,
  { toScroll, toTop }: ScrollScale,
  onMoved: (top: number) => void,
) {
  const [seen, setSeen] = useState(left?.seen ?? newest);
  const before = useRef<Arranged | null>(null);
  const anchor = useRef<AnchoredRow | null>(null);
  /** The scroll position at the last event: reading it after each change would force another layout. */
  const scrolled = useRef(0);

  useLayoutEffect(() => {
    const element = scroller.current;
    const isFirst = before.current === null;
    if (!element || before.current === list) return;
    before.current = list;
    const from = isFirst ? left : anchor.current;
    if (from === null) return;
    const index = list.placeOf(from.row);
    if (index === null) return;
    element.scrollTop = toScroll(index * height + from.offset);
    scrolled.current = element.scrollTop;
    onMoved(scrolled.current);
  }, [list, scroller, height, toScroll, onMoved]);

  // The anchor is the row that is visible after everything has settled.
  const note = (): void => {
    const top = toTop(scrolled.current);
    const row = list.at(Math.floor(top / height));
    const last = top <= stickyPx ? newest : seen;
    if (last !== seen) setSeen(last);
    anchor.current = top > stickyPx && row ? { row, offset: top % height, seen: last } : null;
    left = anchor.current;
  };
  useEffect(note);

  const onScroll = (): void => {
    scrolled.current = scroller.current?.scrollTop ?? 0;
    note();
  };
  const toNewest = (): void => {
    if (scroller.current) scroller.current.scrollTop = 0;
    setSeen(newest);
  };
  // Another generation begins below what was seen.
  return { unseen: newest < seen ? 0 : list.newerThan(seen), onScroll, toNewest };
}
