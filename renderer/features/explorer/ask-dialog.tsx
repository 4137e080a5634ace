// The explorer's questions: where to move a file, what a new folder is called, and whether something goes for good.
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { baseOf, join, parentOf, whyNoName } from "../../format/file-path.js";
import { stopAsking, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { mayMove } from "./drag.js";
import { createFolder, moveFilesTo, removeForGood } from "./file-actions.js";

export function AskDialog() {
  const asking = useExplorer((store) => store.asking);
  if (asking === null) return null;
  if (asking.about === "move") return <MoveDialog key={asking.paths.join()} paths={asking.paths} />;
  if (asking.about === "folder") return <FolderDialog key={asking.path} parent={asking.path} />;
  return <DeleteDialog path={asking.path} />;
}

function MoveDialog({ paths }: { readonly paths: readonly string[] }) {
  const [first = ""] = paths;
  const mayAllMove = (folder: string): boolean => paths.every((path) => mayMove(path, folder));
  const entries = useFiles((files) => files.entries);
  const folders = ["", ...entries.flatMap((entry) => (entry.kind === "folder" ? [entry.path] : []))].filter(mayAllMove);
  const [typed, setTyped] = useState("");
  const [why, setWhy] = useState<string | null>(null);
  const wanted = typed.trim().replace(/^\/+|\/+$/g, "");
  const found = folders.filter((folder) => folder.toLowerCase().includes(wanted.toLowerCase())).slice(0, 200);
  const move = async (folder: string): Promise<void> => {
    const failure = await moveFilesTo(paths, folder);
    if (failure === null) stopAsking();
    else setWhy(failure);
  };
  return (
    <Question
      title={`Move ${paths.length === 1 ? baseOf(first) : `${paths.length} files and folders`} to…`}
      action="Move"
      onSubmit={() => move(wanted)}
      isPossible={mayAllMove(wanted)}
    >
      <input
        className="ui-field ui-mono"
        aria-label="Folder"
        placeholder="Top of the workspace"
        value={typed}
        spellCheck={false}
        onChange={(event) => setTyped(event.target.value)}
      />
      <ul className="ask-folders" aria-label="Folders">
        {found.map((folder) => (
          <li key={folder}>
            <button type="button" className="ui-entry" onClick={() => void move(folder)}>
              <span className="ui-cut">{folder === "" ? "Top of the workspace" : folder}</span>
            </button>
          </li>
        ))}
      </ul>
      {wanted !== "" && !folders.includes(wanted) && mayAllMove(wanted) && (
        <p className="ui-dim">There is no folder {wanted} yet: it is made.</p>
      )}
      <Why text={why} />
    </Question>
  );
}

function FolderDialog({ parent }: { readonly parent: string }) {
  const [name, setName] = useState("");
  const [why, setWhy] = useState<string | null>(null);
  const create = async (): Promise<void> => {
    const failure = whyNoName(name.trim()) ?? (await createFolder(join(parent, name.trim())));
    if (failure === null) stopAsking();
    else setWhy(failure);
  };
  return (
    <Question
      title="New folder"
      description={parent === "" ? "At the top of the workspace." : `In ${parent}.`}
      action="Create"
      onSubmit={create}
      isPossible
    >
      <input
        className="ui-field ui-mono"
        aria-label="Name of the folder"
        aria-invalid={why !== null}
        value={name}
        required
        spellCheck={false}
        onChange={(event) => setName(event.target.value)}
      />
      <Why text={why} />
    </Question>
  );
}

function DeleteDialog({ path }: { readonly path: string }) {
  const parent = parentOf(path);
  return (
    <Question
      title={`Delete ${baseOf(path)} for good?`}
      description={`It is too large to be kept for an Undo${parent === "" ? "" : ` (in ${parent})`}. Everything in it is gone then.`}
      action="Delete for good"
      isDangerous
      isPossible
      onSubmit={async () => {
        stopAsking();
        await removeForGood(path);
      }}
    />
  );
}

/** Why it could not be done. */
const Why = ({ text }: { readonly text: string | null }) =>
  text === null ? null : (
    <p className="ui-bad" role="alert">
      {text}
    </p>
  );

interface QuestionProps {
  readonly title: string;
  readonly description?: string;
  readonly action: string;
  readonly isDangerous?: boolean;
  readonly isPossible: boolean;
  readonly onSubmit: () => Promise<void>;
  readonly children?: ReactNode;
}

function Question({ title, description, action, isDangerous = false, isPossible, onSubmit, children }: QuestionProps) {
  const form = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSubmit(); // says in the dialog or as a notice what went wrong
  };
  return (
    <Dialog
      isOpen
      onClose={stopAsking}
      title={title}
      description={description}
      actions={
        <>
          <Button onClick={stopAsking}>Cancel</Button>
          <Button look={isDangerous ? "danger" : "primary"} type="submit" form={form} disabled={!isPossible}>
            {action}
          </Button>
        </>
      }
    >
      <form id={form} className="ask-form" onSubmit={submit}>
        {children}
      </form>
    </Dialog>
  );
}
