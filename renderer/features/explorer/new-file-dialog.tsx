// Asks for the new file's path, in the folder of the file that is open.
import { useState } from "react";
import { whyNoPath } from "../../format/file-path.js";
import { folderOf } from "../../model/documents/document.js";
import { forgetReadAs } from "../../model/documents/text-format.js";
import { useFiles } from "../../model/folder/file-store.js";
import { loadOverview, useSamples } from "../../model/folder/samples-store.js";
import { closeDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { connected } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import { TextField } from "../../ui/text-field.js";
import { openRoot } from "./file-undo.js";

export function NewFileDialog() {
  return useDialogOpen("new-file") ? <NewFile /> : null;
}

function NewFile() {
  const folder = useDialogSubject("new-file");
  const [path, setPath] = useState(() => startingFolder(folder));
  const isShown = useIsShown();
  const { why, isBusy, attempt } = useAttempt(async () => {
    const wanted = path.trim().replace(/^\/+/, "");
    const whyNot = whyNoPath(wanted);
    if (whyNot !== null) return whyNot;
    await createFile(wanted);
    if (isShown()) closeDialog("new-file");
    return null;
  });
  return (
    <FormDialog
      onClose={() => closeDialog("new-file")}
      title="New file"
      description="A script (.py, .pl, .sh, .php and others) starts with a short template that you can run at once."
      action="Create"
      isBusy={isBusy}
      problem={why}
      onSubmit={attempt}
    >
      <TextField
        aria-label="Path in the folder"
        aria-invalid={why !== null}
        placeholder="cgi-bin/hello.py"
        value={path}
        required
        onChange={setPath}
      />
    </FormDialog>
  );
}

/** `folder`: where the new file is to be; null: beside the one in the editor. */
function startingFolder(folder: string | null): string {
  if (folder !== null) return folder === "" ? "" : `${folder}/`;
  const { openFile } = useSelection.getState();
  if (openFile !== null) return folderOf(openFile) === "" ? "" : `${folderOf(openFile)}/`;
  return useFiles.getState().byPath.get("cgi-bin")?.kind === "folder" ? "cgi-bin/" : "";
}

/**
 * What a script in that language begins with; "" when the extension is no script's. C
 * begins as a template where it is compiled.
 */
async function templateOf(path: string): Promise<string> {
  const extension = /\.[^./]+$/.exec(path)?.[0].toLowerCase();
  if (useSamples.getState().overview === null) await loadOverview();
  const language = useSamples
    .getState()
    .overview?.languages.find(({ id, template }) => id !== "c" && template.extension === extension);
  return language?.template.text ?? "";
}

/** Writes the new file and shows it. Rejects with why it could not be written. */
export async function createFile(path: string): Promise<void> {
  const root = openRoot();
  // A new script is executable, as servers require; a PHP file needs only its extension.
  const text = await templateOf(path);
  await connected().files.create({ root, path, text, executable: text.startsWith("#!") });
  if (openRoot() !== root) return;
  forgetReadAs(path);
  useSelection.getState().open(path);
}
