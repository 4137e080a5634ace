// Menus and popovers come in a chunk of their own, after the first paint: nothing of them is seen before one is opened.
// Until it is there, their buttons are plain ones. A click on a plain button loads the chunk and then opens the popup.
import { cloneElement, type KeyboardEvent, type ReactElement, useEffect, useState, useSyncExternalStore } from "react";

export type PopupParts = typeof import("./popup-parts.js").popupParts;
type Trigger = ReactElement<Record<string, unknown>>;

let parts: PopupParts | null = null;
let loading: Promise<void> | null = null;
const listeners = new Set<() => void>();

export function loadPopups(): Promise<void> {
  loading ??= import("./popup-parts.js").then(
    ({ popupParts }) => {
      parts = popupParts;
      for (const listener of listeners) listener();
    },
    (error: unknown) => {
      loading = null; // the next click tries again
      throw error;
    },
  );
  return loading;
}

/** Loads the popups because one is needed now. */
function needPopups(): void {
  loadPopups().catch((error: unknown) => console.error("Menus could not be loaded.", error));
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
/** Null until they are loaded. */
export const usePopups = (): PopupParts | null => useSyncExternalStore(listen, () => parts);

/** The same; loads them at once as soon as `isNeeded`. */
export function usePopupsWhen(isNeeded: boolean): PopupParts | null {
  const loaded = usePopups();
  useEffect(() => {
    if (isNeeded) needPopups();
  }, [isNeeded]);
  return loaded;
}

interface PlainTrigger {
  /** What to render; null once the popup's own trigger takes its place. */
  readonly plain: Trigger | null;
  /** The popup was asked for while its button was a plain one: it opens when it comes. */
  readonly isWanted: boolean;
}

/** The button of a popup that may not be loaded. A button with the focus is not replaced, else it would lose it. */
export function usePlainTrigger(trigger: Trigger, role: "menu" | "dialog"): PlainTrigger {
  const [isFocused, setFocused] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const isLoaded = usePopupsWhen(isWanted) !== null;
  if (isLoaded && (isWanted || !isFocused)) return { plain: null, isWanted };
  const plain = cloneElement(trigger, {
    "aria-haspopup": role,
    "aria-expanded": false,
    onFocus: () => setFocused(true),
    onBlur: () => setFocused(false),
    onClick: () => setWanted(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (role !== "menu" || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
      event.preventDefault();
      setWanted(true);
    },
  });
  return { plain, isWanted };
}
