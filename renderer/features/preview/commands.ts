// The commands of the shown page.
import { needsTraceOnline } from "../../model/folder/command-needs.js";
import { showResponse } from "../../model/traces/response-mode.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { usePresentation } from "../../platform/presentation.js";
import { enterPreview, showPreviewAgain } from "./preview-store.js";

/** The presentation shows its own page. */
function showPage(): void {
  if (!usePresentation.getState().isOn) showResponse("rendered");
}

export const previewCommands = {
  "preview.again": command(needsTraceOnline, () => {
    showPage();
    showPreviewAgain();
  }),
  "preview.enter": command(needsTraceOnline, () => {
    showPage();
    enterPreview();
  }),
} satisfies Partial<Commands>;
