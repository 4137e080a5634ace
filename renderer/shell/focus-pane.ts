// F6 and Shift+F6: from pane to pane; and where the focus goes when its pane is hidden. A pane is an element with
// `data-pane`; inside it the focus goes to the element marked `data-pane-focus`, else to the first that takes it.
import { focusAnchor } from "../platform/anchors.js";
import { useStage } from "../platform/stage.js";

const focusable =
  'button:not(:disabled), input:not(:disabled), textarea, [href], [tabindex]:not([tabindex="-1"]), [contenteditable="true"]';

/** Moves the focus to the next (`1`) or previous (`-1`) pane that is shown, round and round. */
export function focusPane(step: 1 | -1): void {
  const panes = shownPanes();
  const from = panes.findIndex((pane) => pane.contains(document.activeElement));
  focusAfter(panes, from < 0 && step < 0 ? 0 : from, step);
}

/** Does what may take the focused element away; the focus then goes to the editor, or to a pane after it. */
export function keepingFocus(act: () => void): void {
  const focused = document.activeElement;
  act();
  // When the window shows it.
  requestAnimationFrame(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (!isLost || focused === null || focused.isConnected) return;
    const panes = shownPanes();
    focusAfter(panes, Math.max(0, panes.findIndex(isEditor)) - 1, 1);
  });
}

const shownPanes = (): readonly HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.offsetParent !== null && pane.closest("[inert]") === null,
  );
/** The group of tabs that commands are for. */
const isEditor = (pane: HTMLElement): boolean => pane.dataset["pane"] === "editor";

function focusAfter(panes: readonly HTMLElement[], from: number, step: 1 | -1): void {
  if (useStage.getState().isOn) {
    focusAnchor("stage"); // the panes are behind it
    return;
  }
  for (let tried = 1; tried <= panes.length; tried++) {
    const pane = panes[(((from + step * tried) % panes.length) + panes.length) % panes.length];
    const wanted = pane?.querySelector<HTMLElement>("[data-pane-focus]");
    const target = wanted?.matches(focusable) ? wanted : (wanted ?? pane)?.querySelector<HTMLElement>(focusable);
    if (!target) continue;
    target.focus();
    return;
  }
}
