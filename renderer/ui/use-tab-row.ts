// A row of tabs that is too narrow for all of them: the chosen one is always in sight, and where others are out of it the row fades.
import { type RefObject, useEffect, useRef } from "react";

/** Room beside the chosen tab, so that one can see that there are others, px. */
const marginPx = 18;

/** For the scrolling row; `chosen` changes with the tab that is shown. */
export function useTabRow(chosen: string): RefObject<HTMLDivElement | null> {
  const row = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tab is to be shown
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const fade = (): void => {
      const { scrollLeft, clientWidth, scrollWidth } = element;
      element.toggleAttribute("data-more-left", scrollLeft > 1);
      element.toggleAttribute("data-more-right", scrollLeft + clientWidth < scrollWidth - 1);
    };
    const show = (): void => {
      const tab = element.querySelector<HTMLElement>('[aria-selected="true"]');
      if (tab) {
        const [left, right] = [tab.offsetLeft - marginPx, tab.offsetLeft + tab.offsetWidth + marginPx];
        if (left < element.scrollLeft) element.scrollLeft = left;
        else if (right > element.scrollLeft + element.clientWidth) element.scrollLeft = right - element.clientWidth;
      }
      fade();
    };
    const sizes = new ResizeObserver(show);
    for (const watched of [element, ...element.children]) sizes.observe(watched);
    element.addEventListener("scroll", fade, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", fade);
    };
  }, [chosen]);
  return row;
}
