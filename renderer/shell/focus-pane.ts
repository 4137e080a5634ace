// F6 and Shift+F6: from pane to pane. A pane is an element with `data-pane`; inside it the focus goes to the element
// marked `data-pane-focus`, else to the first that takes it.
import { focusAnchor } from "../platform/anchors.js";
import { useStage } from "../platform/stage.js";

const focusable =
  'button:not(:disabled), input:not(:disabled), textarea, [href], [tabindex]:not([tabindex="-1"]), [contenteditable="true"]';

/** Moves the focus to the next (`1`) or previous (`-1`) pane that is shown, round and round. */
export function focusPane(step: 1 | -1): void {
  if (useStage.getState().isOn) {
    focusAnchor("stage"); // the panes are behind it
    return;
  }
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.offsetParent !== null && pane.closest("[inert]") === null,
  );
  const from = panes.findIndex((pane) => pane.contains(document.activeElement));
  for (let tried = 1; tried <= panes.length; tried++) {
    const start = from < 0 ? (step > 0 ? -1 : 0) : from;
    const pane = panes[(((start + step * tried) % panes.length) + panes.length) % panes.length];
    const wanted = pane?.querySelector<HTMLElement>("[data-pane-focus]");
    const target = wanted?.matches(focusable) ? wanted : (wanted ?? pane)?.querySelector<HTMLElement>(focusable);
    if (!target) continue;
    target.focus();
    return;
  }
}
