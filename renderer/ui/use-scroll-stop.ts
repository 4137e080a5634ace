// A region that scrolls must be reachable by keyboard, or its hidden part is lost to users without a pointer. One with
// something focusable in it is reached through that; another becomes a tab stop itself, for as long as it overflows.
import { type RefCallback, useCallback, useState } from "react";

const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex]:not([tabindex="-1"])';

/** For the scrolling element: `ref`, and the `tabIndex` it needs just now. */
export function useScrollStop(): { readonly ref: RefCallback<HTMLElement>; readonly tabIndex: 0 | -1 } {
  const [isNeeded, setNeeded] = useState(false);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return;
    const look = (): void => {
      const overflows =
        element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1;
      setNeeded(overflows && element.querySelector(focusable) === null);
    };
    const sizes = new ResizeObserver(look);
    const watch = (): void => {
      sizes.disconnect();
      for (const watched of [element, ...element.children]) sizes.observe(watched);
    };
    const content = new MutationObserver(watch);
    content.observe(element, { childList: true });
    watch();
    return () => {
      sizes.disconnect();
      content.disconnect();
    };
  }, []);
  return { ref, tabIndex: isNeeded ? 0 : -1 };
}
