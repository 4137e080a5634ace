// Comparing the editor's file with other versions of it.
import { needsFolder } from "../../model/folder/command-needs.js";
import { targetPath } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { canCompareRan, closeDiff, compareWithDisk, compareWithRan, ranBySelected, useDiff } from "./diff-store.js";

const file = (): string => targetPath() ?? "";
const needsFile = (): string | null =>
  needsFolder() ?? (useFiles.getState().byPath.get(file())?.kind === "file" ? null : "Select a file first.");
const needsRun = (): string | null =>
  needsFile() ?? (canCompareRan(file()) ? null : "No request has run this file yet.");
const needsScript = (): string | null =>
  needsFolder() ?? (ranBySelected() === null ? "Select a trace that ran a script of this folder first." : null);
const needsComparison = (): string | null => (useDiff.getState().comparison === null ? "No comparison is open." : null);
// The editor's code is loaded with the comparison.
const go = async (where: "next" | "previous"): Promise<void> => (await import("./diff-view.js")).goToDifference(where);

export const diffCommands = {
  "file.compareSaved": command(needsFile, () => compareWithDisk(file())),
  "file.compareRan": command(needsRun, () => compareWithRan(file())),
  "trace.compareScript": command(needsScript, () => compareWithRan(ranBySelected() ?? "")),
  "diff.next": command(needsComparison, () => go("next")),
  "diff.previous": command(needsComparison, () => go("previous")),
  "diff.close": command(needsComparison, closeDiff),
} satisfies Partial<Commands>;
