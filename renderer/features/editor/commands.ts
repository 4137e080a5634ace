// What the editor can be told about the file it shows.
import { type Command, command } from "../../app/command.js";
import { useSelection } from "../../app/selection.js";
import { isDesktop } from "../../rpc/bridge.js";
import { closeDocument, documentAt } from "./document-store.js";
import { reloadDocument } from "./read-document.js";
import { saveDocument } from "./save-document.js";

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
