// The explorer's questions: where to move a file, what a new folder is called, and whether something goes for good.
import { useState } from "react";
import { comparable, join, parentOf, whyNoName, whyNoPath } from "../../format/file-path.js";
import { stopAsking, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { useWhy } from "../../platform/use-why.js";
import { FormDialog } from "../../ui/dialog.js";
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
  const [why, setWhy] = useWhy();
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const wanted = typed.trim().replace(/^\/+|\/+$/g, "");
  const found = folders.filter((folder) => comparable(folder).includes(comparable(wanted))).slice(0, 200);
  const move = async (folder: string): Promise<void> => {
    setBusy(true);
    setWhy(null);
    const whyNot = folder === "" ? null : whyNoPath(folder);
    const failure = whyNot ?? (await moveFilesTo(paths, folder));
    setBusy(false);
    if (failure !== null) setWhy(failure);
    else if (isShown()) stopAsking();
  };
  return (
    <FormDialog
      onClose={stopAsking}
      title={`Move ${namesOf(paths)} to…`}
      isBusy={isBusy}
      action="Move"
      onSubmit={() => move(wanted)}
      problem={why}
      isPossible={mayAllMove(wanted)}
    >
      <input
        className="ui-field ui-mono"
        aria-label="Folder"
        placeholder="Workspace root"
        value={typed}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className="ui-column ask-folders" aria-label="Folders">
        {found.map((folder) => (
          <li key={folder}>
            <button type="button" className="ui-entry" disabled={isBusy} onClick={() => void move(folder)}>
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
  const [why, setWhy] = useWhy();
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const create = async (): Promise<void> => {
    setBusy(true);
    setWhy(null);
    const failure = whyNoName(name.trim()) ?? (await createFolder(join(parent, name.trim())));
    setBusy(false);
    if (failure !== null) setWhy(failure);
    else if (isShown()) stopAsking();
  };
  return (
    <FormDialog
      onClose={stopAsking}
      title="New folder"
      description={parent === "" ? "In the workspace root." : `In ${parent}.`}
      action="Create"
      isBusy={isBusy}
      onSubmit={create}
      problem={why}
    >
      <input
        className="ui-field ui-mono"
        aria-label="Folder name"
        aria-invalid={why !== null}
        value={name}
        required
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
      />
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
