// What a pane of rows measures: its scroll position and size, and how many characters fit into a row.
import { type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useViewport, type Viewport } from "../../ui/use-fixed-rows.js";
import { zoomOf } from "../../ui/zoom.js";

export interface Pane {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly viewport: Viewport;
  /** Width of one character of the row font, in the page's own pixels. */
  readonly characterPx: number;
  /** Characters that fit beside the offset. */
  readonly columns: number;
}

/** Padding of a row and the gap beside its offset, pixels. */
const framePx = 26;

export function usePane(offsetDigits: number): Pane {
  const scroller = useRef<HTMLDivElement>(null);
  const viewport = useViewport(scroller);
  const [characterPx, setCharacterPx] = useState(7.3);
  useLayoutEffect(() => {
    const probe = document.createElement("span");
    probe.textContent = "0".repeat(100);
    probe.className = "byte-probe";
    scroller.current?.append(probe);
    const width = probe.getBoundingClientRect().width / 100 / zoomOf(probe);
    probe.remove();
    if (width > 0) setCharacterPx(width);
  }, []);
  return {
    scroller,
    viewport,
    characterPx,
    columns: Math.floor((viewport.width - framePx) / characterPx) - offsetDigits,
  };
}
