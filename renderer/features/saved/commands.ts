// Keeping requests in `.http` files, and running them.
import { needsFolder, needsTraceOnline } from "../../model/folder/command-needs.js";
import { isRequestFile } from "../../model/request/request-files.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";

const needsRequestFile = (): string | null =>
  needsFolder() ?? (isRequestFile(useSelection.getState().openFile ?? "") ? null : "Open a .http file first.");

export const savedCommands = {
  "trace.save": command(needsTraceOnline, async () => {
    const { traceId } = useSelection.getState();
    if (traceId !== null) await (await import("./from-trace.js")).saveTrace(traceId);
  }),
  "saved.show": command(needsFolder, () => showBottomTab("saved")),
  "saved.runAll": command(needsFolder, async () => {
    showBottomTab("saved");
    await (await import("./saved-store.js")).runSaved(null);
  }),
  "saved.sendAtCursor": command(needsRequestFile, async () => (await import("./send-at-cursor.js")).sendAtCursor()),
} satisfies Partial<Commands>;
