// Escape hides what is shown about the thing under the pointer, wherever the focus is (WCAG 2.2, 1.4.13).
import { useEffect, useRef } from "react";

export function useEscape(isShown: boolean, hide: () => void): void {
  const latest = useRef(hide);
  latest.current = hide;
  useEffect(() => {
    if (!isShown) return;
    const onKey = ({ key }: KeyboardEvent): void => {
      if (key === "Escape") latest.current();
    };
    document.addEventListener("keydown", onKey, { capture: true }); // a key that something else takes counts, too
    return () => document.removeEventListener("keydown", onKey, { capture: true });
  }, [isShown]);
}
