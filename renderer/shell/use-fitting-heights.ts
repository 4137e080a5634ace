// Keeps request and list at their fitting heights until a person gives them
// others; a double press on a line gives it back.
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { usePanelRef } from "react-resizable-panels";
import { useComposerNeed } from "../features/composer/index.js";
import { useTraceStore } from "../model/traces/trace-store.js";
import { useBottomTab } from "../platform/bottom-tab-store.js";
import { enoughRows, fittingHeights, type Room } from "./fitting-heights.js";
import { windowHeight } from "./use-window-height.js";

export interface Chosen {
  readonly composer: boolean;
  readonly bottom: boolean;
}

/** `place` is the element that holds the panes. */
export function useFittingHeights(place: RefObject<HTMLElement | null>, chosen: Chosen, isBottomShown: boolean) {
  const composer = usePanelRef();
  const bottom = usePanelRef();
  const room = useRoom(place);
  const need = useComposerNeed();
  const rows = useTraceStore((state) => Math.min(state.rows.length, enoughRows));
  const tab = useBottomTab((store) => store.view);
  const [pointed, setPointed] = useState({ composer: false, bottom: false });
  const [isTyped, setTyped] = useState(false);
  // Nothing moves under the pointer: a second press on Send hits the same place, and a press on a row hits that row.
  const isPointed = pointed.composer || (isBottomShown && pointed.bottom);
  const settled = useRef(rows);
  if (!isPointed || rows < settled.current) settled.current = rows;
  // Nor under the keys: the target's field stays where it is while a query is typed into it, until that is sent.
  const settledNeed = useRef(need);
  const isTyping = isTyped && need.sent === settledNeed.current.sent;
  if (!(isPointed || isTyping) || need.part !== settledNeed.current.part) settledNeed.current = need;
  const heights =
    room &&
    fittingHeights(room, {
      composer: settledNeed.current.px,
      isRaw: settledNeed.current.part === "raw",
      rows: tab === "traces" ? settled.current : tab === "search" || tab === "compare" ? "many" : null,
    });

  // A group knows a pane, and can resize it, one rendering after the pane has come.
  const [hasBottom, setBottom] = useState(isBottomShown);
  useLayoutEffect(() => setBottom(isBottomShown), [isBottomShown]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the numbers count, not the object; and a window of another size has moved them
  useLayoutEffect(() => {
    if (hasBottom && !chosen.bottom && heights) bottom.current?.resize(heights.bottom);
    if (!chosen.composer && heights) composer.current?.resize(heights.composer);
  }, [composer, bottom, heights?.composer, heights?.bottom, chosen.composer, chosen.bottom, hasBottom, room]);

  /** The handlers of a pane that notice whether the pointer is over it. */
  const watchPointer = (pane: keyof typeof pointed) => ({
    onPointerEnter: () => setPointed((before) => ({ ...before, [pane]: true })),
    onPointerLeave: () => setPointed((before) => ({ ...before, [pane]: false })),
  });
  /** The same for the keys, in the composer. */
  const watchKeys = { onFocus: () => setTyped(true), onBlur: () => setTyped(false) };
  return { composer, bottom, watchPointer, watchKeys };
}

function useRoom(place: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = (): void => {
      const panes = element.offsetHeight;
      const window = windowHeight();
      setRoom((before) => (before?.panes === panes && before.window === window ? before : { window, panes }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [place]);
  return room;
}
