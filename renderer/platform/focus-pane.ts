// F6 and Shift+F6: from pane to pane; and where the focus goes when what has it is removed or hidden. A pane is an
// element with `data-pane`; inside it the focus goes to the element marked `data-pane-focus`, else to the first that
// takes it.
import type { RefCallback } from "react";
import { focusAnchor } from "./anchors.js";
import { usePresentation } from "./presentation.js";

/** What Tab reaches. A tab that is not selected is not among it: the focus would select it. */
const focusable =
  ':is(button:not(:disabled), input:not(:disabled), textarea, [href], [tabindex], [contenteditable="true"]):not([tabindex="-1"])';

/** Moves the focus to the next (`1`) or previous (`-1`) pane that is shown, round and round. */
export function focusPane(step: 1 | -1): void {
  const panes = shownPanes();
  const from = panes.findIndex((pane) => pane.contains(document.activeElement));
  focusAfter(panes, from < 0 && step < 0 ? 0 : from, step);
}

/** Does what may take the focused element away; the focus then goes to the editor, or to a pane after it. */
export function keepingFocus(act: () => void): void {
  const wasLost = isFocusLost();
  act();
  if (!wasLost) restoreFocus(null);
}

/** The ref of what may be removed while it has the focus: its pane then gets it. */
export const keepsFocus: RefCallback<HTMLElement> = (element) => () => passFocusOn(element);

/** The ref of what takes the focus when it appears and nothing has it. */
export const takesLostFocus: RefCallback<HTMLElement> = (element) => {
  if (isFocusLost()) element?.focus();
};

/** The element is being removed or hidden: if it has the focus, its pane gets it. */
export function passFocusOn(element: HTMLElement | null): void {
  if (element?.contains(document.activeElement)) restoreFocus(element.closest<HTMLElement>("[data-pane]"));
}

/** Nothing on the screen has the focus: what had it was removed or hidden. */
export function isFocusLost(): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || !isRendered(activeElement);
}

/** If nothing has the focus when the window shows the change, the pane gets it; without one the editor. */
function restoreFocus(pane: HTMLElement | null): void {
  requestAnimationFrame(() => {
    if (!isFocusLost()) return;
    const panes = shownPanes();
    const wanted = pane === null ? -1 : panes.indexOf(pane);
    focusAfter(panes, (wanted < 0 ? Math.max(0, panes.findIndex(isEditor)) : wanted) - 1, 1);
  });
}

const shownPanes = (): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.offsetParent !== null && pane.closest('[inert], [aria-hidden="true"]') === null,
  );
/** The group of tabs that commands are for. */
const isEditor = (pane: HTMLElement): boolean => pane.dataset["pane"] === "editor";
const isRendered = (element: Element): boolean => element.getClientRects().length > 0;

function focusAfter(panes: readonly HTMLElement[], from: number, step: 1 | -1): void {
  if (usePresentation.getState().isOn) {
    focusAnchor("presentation"); // the panes are behind it
    return;
  }
  for (let tried = 1; tried <= panes.length; tried++) {
    const pane = panes[(((from + step * tried) % panes.length) + panes.length) % panes.length];
    const target = pane && startOf(pane);
    target?.focus();
    if (target && document.activeElement === target) return;
  }
}

/** What gets the focus in a pane: other views of it are in the page, too, and hidden. */
function startOf(pane: HTMLElement): HTMLElement | undefined {
  const places = [...pane.querySelectorAll<HTMLElement>("[data-pane-focus]"), pane];
  return places
    .flatMap((place) => [place, ...place.querySelectorAll<HTMLElement>(focusable)])
    .find((element) => element.matches(focusable) && isRendered(element));
}
