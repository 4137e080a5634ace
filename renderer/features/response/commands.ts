// What can be done with the response of the chosen trace.
import { showTab } from "../../model/traces/inspector-state.js";
import { saveBodyOf } from "../../model/traces/save-body.js";
import { type Command, command, needsConnection } from "../../platform/command.js";
import { togglePane, useLayout } from "../../platform/layout-store.js";
import { useSelection } from "../../platform/selection.js";
import { enterPreview, showPreviewAgain } from "../preview/preview-store.js";
import { chooseResponseMode, type ResponseMode } from "./response-mode.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Choose a request first." : needsConnection();

function show(mode: ResponseMode): void {
  if (!useLayout.getState().inspector) togglePane("inspector");
  showTab("response");
  chooseResponseMode(mode);
}

export const responseCommands: readonly Command[] = [
  command("response.save", "Save response body as a file…", [], needsTrace, () =>
    saveBodyOf(useSelection.getState().traceId ?? ""),
  ),
  command("response.rendered", "Show response as a page", [], needsTrace, () => show("rendered")),
  command("response.source", "Show response source", [], needsTrace, () => show("source")),
  command("response.headers", "Show response headers", [], needsTrace, () => show("headers")),
  command("preview.again", "Show recorded page again", [], needsTrace, () => {
    show("rendered");
    showPreviewAgain();
  }),
  command("preview.enter", "Go into the shown page", [], needsTrace, () => {
    show("rendered");
    enterPreview();
  }),
];
