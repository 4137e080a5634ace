// The presentation's keys, wherever the focus is in it: Escape leaves, arrows step, Space goes on in the tour. A
// control that needs a key keeps it, and so does a dialog above the presentation.
import { useEffect, useRef } from "react";

interface PresentationKeys {
  readonly onLeave: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onTour: () => void;
}

const usesArrows = "input, textarea, select, [role=radiogroup], [contenteditable], .monaco-editor";
const usesSpace = `button, a, summary, ${usesArrows}`;

export function usePresentationKeys(keys: PresentationKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const stop = new AbortController();
    const onKey = (event: KeyboardEvent): void => {
      const { target, key } = event;
      if (event.defaultPrevented) return; // a list of names went on with it
      if (!(target instanceof Element) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (target.closest("[role=dialog], [role=menu], [role=listbox]")) return;
      if (key === "Escape") latest.current.onLeave();
      else if (key === " " && !target.closest(usesSpace)) latest.current.onTour();
      else if ((key === "ArrowLeft" || key === "ArrowRight") && !target.closest(usesArrows))
        latest.current.onStep(key === "ArrowRight" ? 1 : -1);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey, { signal: stop.signal });
    return () => stop.abort();
  }, []);
}
