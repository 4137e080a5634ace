// Where a dialog's focus begins: at its first field, else at its main button, the last one that destroys nothing and
// does not only close it. While there is no field and that button is disabled, because something is still being read,
// the dialog itself has the focus and passes it on.
import { type RefObject, useEffect, useRef } from "react";

interface FirstFocus {
  readonly popup: RefObject<HTMLDivElement | null>;
  /** For the element around the buttons below the fields. */
  readonly actions: RefObject<HTMLDivElement | null>;
  /** The element to focus when the dialog opens. */
  readonly find: () => HTMLElement | null;
}

/** What Tab reaches: of radio buttons with one name, the chosen one alone. */
const reachable =
  ':is(input, select, textarea, button, a[href], [tabindex]):not(:disabled, [tabindex="-1"], [type="radio"]:not(:checked))';

export function useFirstFocus(): FirstFocus {
  const popup = useRef<HTMLDivElement>(null);
  const actions = useRef<HTMLDivElement>(null);
  /** The dialog has the focus because nothing in it could take it yet. */
  const isWaiting = useRef(false);
  const target = (): HTMLElement | null => firstField(popup.current, actions.current) ?? mainButton(actions.current);
  const find = (): HTMLElement | null => {
    const found = target();
    isWaiting.current = found === null;
    return found ?? popup.current;
  };
  // After each rendering: a field may have come, or the button may be possible now.
  useEffect(() => {
    if (!isWaiting.current) return;
    const found = target();
    if (found === null) return;
    isWaiting.current = false;
    if (document.activeElement === popup.current) found.focus();
  });
  return { popup, actions, find };
}

function firstField(popup: Element | null, actions: Element | null): HTMLElement | null {
  const all = popup?.querySelectorAll<HTMLElement>(reachable) ?? [];
  return [...all].find((element) => actions?.contains(element) !== true) ?? null;
}

function mainButton(actions: Element | null): HTMLElement | null {
  const main = [...(actions?.querySelectorAll<HTMLElement>("button:not(.ui-button-danger, [data-close])") ?? [])].at(
    -1,
  );
  return main?.matches(reachable) ? main : null;
}
