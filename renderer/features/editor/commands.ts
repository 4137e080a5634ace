// What the editor can be told about the file it shows.
import { closeDocument, documentAt } from "../../model/documents/document-store.js";
import { reloadDocument } from "../../model/documents/read-document.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { type Command, command } from "../../platform/command.js";
import { useSelection } from "../../platform/selection.js";
import { isDesktop } from "../../rpc/bridge.js";

const openText = (): string | null => {
  const { openFile } = useSelection.getState();
  return openFile !== null && documentAt(openFile)?.kind === "text" ? openFile : null;
};
const needsText = (): string | null => (openText() === null ? "Open a file first." : null);

export const editorCommands: readonly Command[] = [
  command("file.save", "Save file", ["$mod+s"], needsText, async () => void (await saveDocument(openText() ?? ""))),
  command("file.revert", "Reload file from disk, dropping edits", [], needsText, () =>
    reloadDocument(openText() ?? ""),
  ),
  command(
    "file.close",
    "Close file",
    isDesktop ? ["$mod+w"] : [], // browsers close the tab on it and cannot be kept from it
    () => (useSelection.getState().openFile === null ? "No file is open." : null),
    () => closeDocument(useSelection.getState().openFile ?? ""),
  ),
];
