// Places on the screen that other parts of the window lead to: the focus, a menu, the tour. A part
// names its element with `ref={anchor("…")}`, and others find it by that name: no part searches the
// page for the classes or labels of another.
import type { RefCallback } from "react";
import { create } from "zustand";

export type AnchorId =
  | "explorer"
  | "explorer.tree"
  | "explorer.filter"
  | `explorer.row.${string}`
  | "status.encoding"
  | "editor.bar"
  | "composer.request"
  | "debug.console"
  | "traces.list"
  | "traces.filter"
  | `inspector.tab.${string}`
  | "search.field"
  | "presentation"
  | "xray.request"
  | "xray.environment"
  | "xray.stdin"
  | "xray.output"
  | `xray.output.${string}`
  | "xray.client";

type Elements = ReadonlyMap<AnchorId, readonly HTMLElement[]>;
const useElements = create<{ readonly elements: Elements }>()(() => ({ elements: new Map() }));
const refs = new Map<AnchorId, RefCallback<HTMLElement>>();

/** What is to be done with an element as soon as it is there. One at a time: the latest request counts. */
let requested: { readonly id: AnchorId; readonly act: (element: HTMLElement) => void; readonly until: number } | null =
  null;
/** How long to wait for an element to appear, ms: by then the user has moved on. */
const patienceMs = 2000;

/** The ref of an element with this name; several may have one name. */
export function anchor(id: AnchorId): RefCallback<HTMLElement> {
  const known = refs.get(id);
  if (known) return known;
  const ref: RefCallback<HTMLElement> = (element) => {
    if (element === null) return;
    change(id, (elements) => [...elements, element]);
    if (requested?.id === id) reach(id, requested.act, requested.until);
    return () => change(id, (elements) => elements.filter((other) => other !== element));
  };
  refs.set(id, ref);
  return ref;
}

function change(id: AnchorId, of: (elements: readonly HTMLElement[]) => readonly HTMLElement[]): void {
  const elements = new Map(useElements.getState().elements);
  const next = of(elements.get(id) ?? []);
  if (next.length > 0) elements.set(id, next);
  else elements.delete(id);
  useElements.setState({ elements });
}

/** The element with this name; null while there is none. */
export const elementAt = (id: AnchorId): HTMLElement | null => useElements.getState().elements.get(id)?.at(-1) ?? null;

/**
 * Does something with the element, or with the one that is about to appear: one frame later, when a
 * closing dialog has given the focus back.
 */
export function reach(
  id: AnchorId,
  act: (element: HTMLElement) => void,
  until: number = performance.now() + patienceMs,
): void {
  requested = { id, act, until };
  if (elementAt(id) === null) return;
  const mine = requested;
  requestAnimationFrame(() => {
    const element = elementAt(id);
    if (requested !== mine || element === null) return;
    requested = null;
    if (performance.now() < until) act(element);
  });
}

/** Puts the focus there. */
export const focusAnchor = (id: AnchorId): void => reach(id, (element) => element.focus());

/** All elements of the first of these names that has any, in no order; live. */
export function useFirstAnchored(ids: readonly AnchorId[]): readonly HTMLElement[] {
  const found = useElements(({ elements }) => ids.map((id) => elements.get(id)).find((some) => some !== undefined));
  return found ?? none;
}
const none: readonly HTMLElement[] = [];
