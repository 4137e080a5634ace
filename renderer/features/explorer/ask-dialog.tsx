// The explorer's questions: where to move a file, what a new folder is called, and whether something goes for good.
import { useState } from "react";
import { comparable, join, parentOf, whyNoName, whyNoPath } from "../../format/file-path.js";
import { stopAsking, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { FormDialog } from "../../ui/dialog.js";
import { TextField } from "../../ui/text-field.js";
import { mayMove } from "./drag.js";
import { createFolder, moveFilesTo, namesOf, removeForGood } from "./file-actions.js";

export function AskDialog() {
  const asking = useExplorer((store) => store.asking);
  if (asking === null) return null;
  if (asking.about === "move") return <MoveDialog key={asking.paths.join()} paths={asking.paths} />;
  if (asking.about === "folder") return <FolderDialog key={asking.path} parent={asking.path} />;
  return <DeleteDialog paths={asking.paths} />;
}

function MoveDialog({ paths }: { readonly paths: readonly string[] }) {
  const mayAllMove = (folder: string): boolean => paths.every((path) => mayMove(path, folder));
  const entries = useFiles((files) => files.entries);
  const folders = ["", ...entries.flatMap((entry) => (entry.kind === "folder" ? [entry.path] : []))].filter(mayAllMove);
  const [typed, setTyped] = useState("");
  const isShown = useIsShown();
  const wanted = typed.trim().replace(/^\/+|\/+$/g, "");
  const found = folders.filter((folder) => comparable(folder).includes(comparable(wanted))).slice(0, 200);
  const { why, isBusy, attempt } = useAttempt(async (folder: string) => {
    const whyNot = folder === "" ? null : whyNoPath(folder);
    const failure = whyNot ?? (await moveFilesTo(paths, folder));
    if (failure === null && isShown()) stopAsking();
    return failure;
  });
  return (
    <FormDialog
      onClose={stopAsking}
      title={`Move ${namesOf(paths)} to…`}
      isBusy={isBusy}
      action="Move"
      onSubmit={() => attempt(wanted)}
      problem={why}
      isPossible={mayAllMove(wanted)}
    >
      <TextField aria-label="Folder" placeholder="Workspace root" value={typed} onChange={setTyped} />
      <ul className="ui-column ask-folders" aria-label="Folders">
        {found.map((folder) => (
          <li key={folder}>
            <button type="button" className="ui-entry" disabled={isBusy} onClick={() => void attempt(folder)}>
              <span className="ui-cut">{folder === "" ? "Workspace root" : folder}</span>
            </button>
          </li>
        ))}
      </ul>
      {wanted !== "" && !folders.includes(wanted) && mayAllMove(wanted) && (
        <p className="ui-dim">The folder {wanted} does not exist yet. It will be created.</p>
      )}
    </FormDialog>
  );
}

function FolderDialog({ parent }: { readonly parent: string }) {
  const [name, setName] = useState("");
  const isShown = useIsShown();
  const { why, isBusy, attempt } = useAttempt(async () => {
    const whyNot = whyNoName(name.trim());
    if (whyNot !== null) return whyNot;
    await createFolder(join(parent, name.trim()));
    if (isShown()) stopAsking();
    return null;
  });
  return (
    <FormDialog
      onClose={stopAsking}
      title="New folder"
      description={parent === "" ? "In the workspace root." : `In ${parent}.`}
      action="Create"
      isBusy={isBusy}
      onSubmit={attempt}
      problem={why}
    >
      <TextField aria-label="Folder name" aria-invalid={why !== null} value={name} required onChange={setName} />
    </FormDialog>
  );
}

function DeleteDialog({ paths }: { readonly paths: readonly string[] }) {
  const [first = ""] = paths;
  const parent = parentOf(first);
  const one = `It${parent === "" ? "" : ` (in ${parent})`} is too large to keep for an undo. You cannot get it back.`;
  const several = `${paths.join(", ")} are too large to keep for an undo. You cannot get them back.`;
  return (
    <FormDialog
      onClose={stopAsking}
      title={`Delete ${namesOf(paths)} permanently?`}
      description={paths.length === 1 ? one : several}
      action="Delete permanently"
      isDangerous
      onSubmit={async () => {
        stopAsking();
        await removeForGood(paths);
      }}
    />
  );
}
