// From a variable's name to where it is shown: in the X-ray when it came out of the request, else among all in the environment.
import { showTab } from "../../model/traces/inspector-state.js";

const shownFor = "data-revealed";

export function revealVariable(name: string): void {
  showTab("xray");
  requestAnimationFrame(() => {
    if (point(name)) return;
    showTab("env");
    requestAnimationFrame(() => point(name));
  });
}

/** Scrolls to the variable and marks it until the next one is. False when it is not on the screen. */
function point(name: string): boolean {
  const found = [
    ...document.querySelectorAll<HTMLElement>(
      ".xray-env [data-variable], .xray-env [data-not-set], .env-table [data-variable]",
    ),
  ].findLast(({ dataset }) => dataset["variable"] === name || dataset["notSet"] === name);
  for (const before of document.querySelectorAll(`[${shownFor}]`)) before.removeAttribute(shownFor);
  found?.setAttribute(shownFor, "");
  found?.scrollIntoView({ block: "center" });
  return found !== undefined;
}
