// Virtual rows of one fixed height. Own, because a general virtualiser keeps a record a
// row: a million rows of hex would stall it.
import { type KeyboardEvent, type RefObject, useCallback, useLayoutEffect, useState } from "react";

export interface Viewport {
  /** Pixels, of the scrolling element. */
  readonly top: number;
  readonly height: number;
  readonly width: number;
}

const overscanRows = 8;

/** Scroll position and size of an element, as state. */
export const useViewport = (scroller: RefObject<HTMLElement | null>): Viewport => useMovedViewport(scroller)[0];

/**
 * The same, and what says where the element was scrolled to just now: the rows there are drawn with what else changes.
 */
export function useMovedViewport(scroller: RefObject<HTMLElement | null>): [Viewport, (top: number) => void] {
  const [viewport, setViewport] = useState<Viewport>({ top: 0, height: 0, width: 0 });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = (): void =>
      setViewport({ top: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller]);
  const moved = useCallback((top: number): void => setViewport((before) => ({ ...before, top })), []);
  return [viewport, moved];
}

/** The rows `[first, end)` to draw for a viewport. */
export function rowsIn(
  viewport: Viewport,
  count: number,
  rowHeight: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.floor(viewport.top / rowHeight) - overscanRows);
  const end = Math.min(count, Math.ceil((viewport.top + viewport.height) / rowHeight) + overscanRows);
  return { first: Math.min(first, Math.max(0, count - 1)), end };
}

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "currentTarget">;

/**
 * The row to which a key leads from the one at `at` (−1: from none); null: the key leads to none. `headPx`: how much of
 * the scrolling element the head hides; `isSideways`: the arrows to the sides lead there, too.
 */
export function rowByKey(
  { key, ctrlKey, metaKey, altKey, currentTarget }: Pressed,
  at: number,
  count: number,
  rowPx: number,
  { headPx = 0, isSideways = false } = {},
): number | null {
  const page = Math.max(1, Math.floor((currentTarget.clientHeight - headPx) / rowPx) - 1);
  const places = new Map([
    ["ArrowDown", at + 1],
    ["ArrowUp", at - 1],
    ...(isSideways
      ? ([
          ["ArrowRight", at + 1],
          ["ArrowLeft", at - 1],
        ] as const)
      : []),
    ["PageDown", at + page],
    ["PageUp", at - page],
    ["Home", 0],
    ["End", count - 1],
  ]);
  const place = ctrlKey || metaKey || altKey || count === 0 ? undefined : places.get(key);
  return place === undefined ? null : Math.max(0, Math.min(count - 1, place));
}

/** Scrolls as little as needed. */
export function keepRowVisible(
  element: HTMLElement | null,
  index: number,
  rowPx: number,
  headPx = 0,
  { toScroll, toTop }: ScrollScale = unscaled,
): void {
  if (!element) return;
  const top = index * rowPx;
  const room = element.clientHeight - headPx;
  const shown = toTop(element.scrollTop);
  if (top < shown) element.scrollTop = toScroll(top);
  else if (top + rowPx > shown + room) element.scrollTop = toScroll(top + rowPx - room);
}

/**
 * A list that is higher than elements can be scrolls faster than its rows: what is a scroll
 * position, and which part of the list it shows.
 */
interface ScrollScale {
  toScroll(top: number): number;
  toTop(scroll: number): number;
}
const unscaled: ScrollScale = { toScroll: (top) => top, toTop: (scroll) => scroll };

/** Browsers cut off higher elements: Chromium at 33.5 million px, Firefox at 17.9 million. */
const maxElementPx = (): number => (CSS.supports("-moz-appearance", "none") ? 16_000_000 : 32_000_000);

/** Returns the scale for a list that is `px` high, of which `viewPx` are in view. */
export function scaleOfList(px: number, viewPx: number, maxPx = maxElementPx()): ScrollScale & { readonly px: number } {
  if (px <= maxPx) return { px, ...unscaled };
  const scale = (px - viewPx) / (maxPx - viewPx);
  return { px: maxPx, toScroll: (top) => top / scale, toTop: (scroll) => scroll * scale };
}
