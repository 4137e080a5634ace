// From the list of traces into the trace: the focus goes to the tab that is shown, from where the arrow keys go on.
import { togglePane, useLayout } from "../../platform/layout-store.js";

export function focusTrace(): void {
  if (!useLayout.getState().inspector) togglePane("inspector");
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.inspector [role="tab"][aria-selected="true"]')?.focus(),
  );
}
