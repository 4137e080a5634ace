// The editor's commands for the file it shows.
import { closeDocument, documentAt } from "../../model/documents/document-store.js";
import { reloadDocument } from "../../model/documents/read-document.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { type Commands, command } from "../../platform/command-registry.js";
import { useSelection } from "../../platform/selection.js";

const openText = (): string | null => {
  const { openFile } = useSelection.getState();
  return openFile !== null && documentAt(openFile)?.kind === "text" ? openFile : null;
};
const needsText = (): string | null => (openText() === null ? "Open a file first." : null);

export const editorCommands = {
  "file.save": command(needsText, async () => void (await saveDocument(openText() ?? ""))),
  "file.revert": command(needsText, () => reloadDocument(openText() ?? "")),
  "file.close": command(
    () => (useSelection.getState().openFile === null ? "No file is open." : null),
    () => closeDocument(useSelection.getState().openFile ?? ""),
  ),
} satisfies Partial<Commands>;
