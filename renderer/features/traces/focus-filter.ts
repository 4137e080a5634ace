// To the filter field, wherever the person is.
import { showBottomTab } from "../../platform/bottom-tab-store.js";

/** The id of the field. */
export const filterFieldId = "trace-filter";

export function focusFilter(): void {
  showBottomTab("traces");
  requestAnimationFrame(() => {
    const field = document.getElementById(filterFieldId);
    if (field instanceof HTMLInputElement) field.select();
  });
}
