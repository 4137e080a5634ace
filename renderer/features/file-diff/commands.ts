// Comparing the editor's file with other versions of it.
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { type Command, command, needsFolder } from "../../platform/command.js";
import {
  canCompareRan,
  closeComparison,
  compareWithDisk,
  compareWithRan,
  ranBySelected,
  useDiff,
} from "./diff-store.js";

const file = (): string => targetPath() ?? "";
const needsFile = (): string | null =>
  needsFolder() ?? (useFiles.getState().byPath.get(file())?.kind === "file" ? null : "Choose a file first.");
const needsRun = (): string | null =>
  needsFile() ?? (canCompareRan(file()) ? null : "No request has run that file yet.");
const needsScript = (): string | null =>
  needsFolder() ?? (ranBySelected() === null ? "Select a trace that ran a script of this folder first." : null);
const needsComparison = (): string | null =>
  useDiff.getState().comparison === null ? "Nothing is being compared." : null;
// The editor's code is loaded with the comparison.
const go = async (where: "next" | "previous"): Promise<void> => (await import("./diff-view.js")).goToDifference(where);

export const diffCommands: readonly Command[] = [
  command("file.compareSaved", "Compare edits with saved file", [], needsFile, () => compareWithDisk(file())),
  command("file.compareRan", "Compare file with what a trace ran", [], needsRun, () => compareWithRan(file())),
  command("trace.compareScript", "Compare what the trace ran with the file now", [], needsScript, () =>
    compareWithRan(ranBySelected() ?? ""),
  ),
  command("diff.next", "Go to next difference", ["Alt+F5"], needsComparison, () => go("next")),
  command("diff.previous", "Go to previous difference", ["Shift+Alt+F5"], needsComparison, () => go("previous")),
  command("diff.close", "Close comparison", [], needsComparison, closeComparison),
];
