// The commands of the shown page.
import { needsConnection } from "../../model/folder/command-needs.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { useStage } from "../../platform/stage.js";
import { enterPreview, showPreviewAgain } from "./preview-store.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a request first." : needsConnection();

/** The stage shows its own page. */
function showPage(): void {
  if (!useStage.getState().isOn) showResponse("rendered");
}

export const previewCommands = {
  "preview.again": command(needsTrace, () => {
    showPage();
    showPreviewAgain();
  }),
  "preview.enter": command(needsTrace, () => {
    showPage();
    enterPreview();
  }),
} satisfies Partial<Commands>;
