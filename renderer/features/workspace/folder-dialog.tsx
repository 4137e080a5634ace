// Choosing a folder in a browser: the folders of the machine the server runs on, and a field for a path.
import { useEffect, useRef, useState } from "react";
import { openFolder } from "../../model/folder/open-folder.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { RunningWork } from "../../platform/running-work.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { noConnection, useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { FormDialog } from "../../ui/dialog.js";
import { ArrowUpIcon, FolderIcon } from "../../ui/icon.js";
import "./workspace.css";
import { useWhy } from "../../platform/use-why.js";

const close = (): void => closeDialog("folder");

export function FolderDialog() {
  return useDialogOpen("folder") ? <Chooser /> : null;
}

interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly string[];
  readonly truncated: boolean;
}

function Chooser() {
  const [text, setText] = useState("");
  const [why, setWhy] = useWhy();
  /** Since the listing was asked for: the path in the field is not the listing's. */
  const isTyped = useRef(false);
  const { place, list } = useFolderListing(
    (next) => isTyped.current || setText(next.path),
    (failure) => isTyped.current || setWhy(failure),
  );
  const go = (path: string | null): Promise<void> => {
    isTyped.current = false;
    return list(path);
  };
  const isShown = useIsShown();
  const open = async (): Promise<void> => {
    const problem = await openFolder(text.trim());
    if (problem) setWhy(problemText(problem));
    else if (isShown()) close();
  };
  return (
    <FormDialog
      onClose={close}
      size="large"
      title="Open a folder"
      description="Folders on the machine where the workbench runs."
      action="Open this folder"
      problem={why}
      onSubmit={open}
    >
      <div className="folder-path">
        <input
          className="ui-field ui-mono"
          aria-label="Folder path"
          aria-invalid={why !== null}
          placeholder="/home/you/scripts"
          required
          spellCheck={false}
          value={text}
          onChange={(event) => {
            isTyped.current = true;
            setText(event.target.value);
            setWhy(null);
          }}
        />
        <Button disabled={text.trim() === "" || text === place?.path} onClick={() => void go(text.trim())}>
          Show
        </Button>
      </div>
      <ul className="folder-list" aria-label="Folders">
        {place !== null && place.parent !== null && (
          <li>
            <button type="button" className="ui-entry" onClick={() => void go(place.parent)}>
              <ArrowUpIcon />
              Parent folder
            </button>
          </li>
        )}
        {place?.folders.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="ui-entry"
              onClick={() => void go(`${place.path.replace(/\/$/, "")}/${name}`)}
            >
              <FolderIcon className="ui-dim" />
              {name}
            </button>
          </li>
        ))}
        {place?.folders.length === 0 && (
          <li className="folder-none ui-dim">This folder has no subfolders. You can still open it.</li>
        )}
      </ul>
      {place?.truncated && <p className="ui-dim">Not all folders are listed. Type the path to reach the others.</p>}
      <RunningWork />
    </FormDialog>
  );
}

/** The listed folder, beginning with the home folder; `onPlace` and `onFail` get the result of the newest try. */
function useFolderListing(
  onPlace: (place: FolderListing) => void,
  onFail: (why: string | null) => void,
): { readonly place: FolderListing | null; readonly list: (path: string | null) => Promise<void> } {
  const client = useClient();
  const [place, setPlace] = useState<FolderListing | null>(null);
  const newest = useRef(0);
  const list = async (path: string | null): Promise<void> => {
    if (!client) return onFail(problemText(noConnection));
    const mine = ++newest.current;
    try {
      const next = await client.workspace.folders({ path });
      if (mine !== newest.current) return;
      setPlace(next);
      onPlace(next);
      onFail(null);
    } catch (error) {
      if (mine === newest.current) onFail(problemText(problemOf(error)));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => {
    void list(null);
    return () => {
      newest.current++; // nobody waits for a later answer
    };
  }, []);
  return { place, list };
}
