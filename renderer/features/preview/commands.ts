// The commands of the shown page.
import { needsConnection } from "../../model/folder/command-needs.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";
import { enterPreview, showPreviewAgain } from "./preview-store.js";

const needsTrace = (): string | null =>
  useSelection.getState().traceId === null ? "Select a request first." : needsConnection();

export const previewCommands = {
  "preview.again": command(needsTrace, () => {
    showResponse("rendered");
    showPreviewAgain();
  }),
  "preview.enter": command(needsTrace, () => {
    showResponse("rendered");
    enterPreview();
  }),
} satisfies Partial<Commands>;
