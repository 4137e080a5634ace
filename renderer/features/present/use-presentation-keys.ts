// The presentation's keys, wherever the focus is in it: Escape leaves (the editor first), arrows and the keys of a
// presenter's remote control step, Space goes on in the tour. A control that needs a key keeps it, and so does a dialog
// above it.
import { type RefObject, useEffect, useRef } from "react";

interface PresentationKeys {
  readonly onLeave: () => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onTour: () => void;
}

const usesArrows = "input, textarea, select, [role=radiogroup], [contenteditable], .monaco-editor";
const steps: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowLeft: -1, PageDown: 1, PageUp: -1 };
const keepsFocus = "[aria-haspopup], [role=dialog], [role=menu], .monaco-editor, textarea, input:not([type=radio])";
const usesSpace = `button, a, summary, ${usesArrows}`;

export function usePresentationKeys(stage: RefObject<HTMLElement | null>, keys: PresentationKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const stop = new AbortController();
    let isPointed = false;
    const onPress = (): void => {
      isPointed = true;
    };
    /** A control that was pressed with a pointer does not keep the keys; a label's click is its control's, too. */
    const onClick = ({ target }: MouseEvent): void => {
      if (!isPointed || !(target instanceof Element) || target.closest(keepsFocus)) return;
      if (target.closest("button, summary, label, input") && stage.current?.contains(target)) stage.current.focus();
    };
    const onKey = (event: KeyboardEvent): void => {
      isPointed = false;
      const { target, key } = event;
      if (event.defaultPrevented) return; // a list of names went on with it
      if (!(target instanceof Element) || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
      if (target.closest("[role=dialog], [role=menu], [role=listbox]")) return;
      if (key === "Escape" && target.closest(".monaco-editor")) stage.current?.focus();
      else if (key === "Escape") latest.current.onLeave();
      else if (key === " " && !target.closest(usesSpace)) latest.current.onTour();
      else if (steps[key] !== undefined && !target.closest(usesArrows)) latest.current.onStep(steps[key]);
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey, { signal: stop.signal });
    window.addEventListener("pointerdown", onPress, { signal: stop.signal });
    window.addEventListener("click", onClick, { signal: stop.signal });
    return () => stop.abort();
  }, [stage]);
}
