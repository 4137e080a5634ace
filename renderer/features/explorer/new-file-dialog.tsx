// Asks for the new file's path, in the folder of the file that is open.
import { type FormEvent, useId, useState } from "react";
import { folderOf } from "../../model/documents/document.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { closeNewFile, createFile, useNewFile } from "./new-file-store.js";

export function NewFileDialog() {
  const isOpen = useNewFile((store) => store.isOpen);
  const form = useId();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closeNewFile}
      title="New file"
      description="A script (.py, .pl, .sh, .php and the like) begins with a few lines that answer a request."
      actions={
        <>
          <Button onClick={closeNewFile}>Cancel</Button>
          <Button look="primary" type="submit" form={form}>
            Create
          </Button>
        </>
      }
    >
      {isOpen && <Form id={form} />}
    </Dialog>
  );
}

function Form({ id }: { readonly id: string }) {
  const [path, setPath] = useState(startingFolder);
  const [why, setWhy] = useState<string | null>(null);
  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const failure = await createFile(path.trim().replace(/^\/+/, ""));
    if (failure === null) closeNewFile();
    else setWhy(failure);
  };
  return (
    <form id={id} className="new-file-form" onSubmit={(event) => void create(event)}>
      <input
        className="ui-field ui-mono"
        aria-label="Path in the folder"
        aria-invalid={why !== null}
        placeholder="cgi-bin/hello.py"
        value={path}
        required
        spellCheck={false}
        onChange={(event) => setPath(event.target.value)}
      />
      {why !== null && (
        <p className="ui-bad" role="alert">
          {why}
        </p>
      )}
    </form>
  );
}

function startingFolder(): string {
  const { folder } = useNewFile.getState();
  if (folder !== null) return folder === "" ? "" : `${folder}/`;
  const { openFile } = useSelection.getState();
  if (openFile !== null) return folderOf(openFile) === "" ? "" : `${folderOf(openFile)}/`;
  return useFiles.getState().byPath.get("cgi-bin")?.kind === "folder" ? "cgi-bin/" : "";
}
