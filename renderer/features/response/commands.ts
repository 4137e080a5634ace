// What can be done with the response of the chosen trace.
import { needsConnection } from "../../model/folder/command-needs.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { saveBodyOf } from "../../model/traces/save-body.js";
import { type Commands, command } from "../../platform/command-registry.js";
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

export const responseCommands = {
  "response.save": command(needsTrace, () => saveBodyOf(useSelection.getState().traceId ?? "")),
  "response.rendered": command(needsTrace, () => show("rendered")),
  "response.source": command(needsTrace, () => show("source")),
  "response.headers": command(needsTrace, () => show("headers")),
  "preview.again": command(needsTrace, () => {
    show("rendered");
    showPreviewAgain();
  }),
  "preview.enter": command(needsTrace, () => {
    show("rendered");
    enterPreview();
  }),
} satisfies Partial<Commands>;
