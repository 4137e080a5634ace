// A list that grows at its end.
import { useLayoutEffect, useRef } from "react";

/** Up to so far from its end a list counts as being at it, px. */
const stickyPx = 5;

/** Keeps the element at its end when `newest` changes, unless it was scrolled up. */
export function useEndOf(newest: unknown) {
  const element = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: after each change of the lines
  useLayoutEffect(() => {
    const scroller = element.current;
    if (!scroller) return;
    const wasAtEnd = height.current - scroller.scrollTop - scroller.clientHeight <= stickyPx;
    if (wasAtEnd) scroller.scrollTop = scroller.scrollHeight;
    height.current = scroller.scrollHeight;
  }, [newest]);
  return element;
}
