// The pane of files: a filter, the tree, and what to do when there is nothing in it.

import { maxListedDepth } from "../../../server/contract/limits.js";
import { formatCount } from "../../format/size.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceFeed } from "../../model/traces/trace-store.js";
import { anchor } from "../../platform/anchors.js";
import { CommandButton } from "../../platform/command-button.js";
import { runCommand } from "../../platform/command-registry.js";
import { idlePart } from "../../platform/lazy-part.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { FolderPlusIcon, PlusIcon } from "../../ui/icon.js";
import { FileTree } from "./file-tree.js";
import { FilterField } from "./filter-field.js";
import "./explorer.css";

const ExternalApps = idlePart(async () => (await import("./external-apps.js")).ExternalApps);

export function Explorer() {
  const { entries, problem, truncated, maxEntries, root } = useFiles();
  const isEmpty = root !== null && !problem && entries.length === 0;
  return (
    <section ref={anchor("explorer")} className="ui-pane explorer" aria-label="Files" data-pane>
      <div className="ui-heading explorer-heading">
        <h2>Files</h2>
        <CommandButton label="New folder" command="folder.new" icon={FolderPlusIcon} />
        <CommandButton label="New file" command="file.new" icon={PlusIcon} />
      </div>
      <Alert className="ui-small explorer-note">{problem && problemText(problem)}</Alert>
      {!isEmpty && <FilterField />}
      {isEmpty ? <NoFiles /> : <FileTree />}
      {root === null && !problem && <Reading />}
      {truncated && (
        <p className="ui-small explorer-note ui-dim">
          The folder has more entries. At most {formatCount(maxEntries)} are listed, {maxListedDepth} folders deep.
        </p>
      )}
      <ExternalApps />
      <FollowTraces />
    </section>
  );
}

/**
 * Keeps the list of traces coming, of which the rows show the last status. A component of its own, so that a new row
 * redraws nothing else.
 */
function FollowTraces() {
  useTraceFeed();
  return null;
}

/** Shown only while a large folder takes its time. */
function Reading() {
  const waiting = useWaiting(true);
  return (
    <p className="ui-small explorer-note ui-dim" role="status" aria-label="Reading the folder">
      {waiting !== null && `Reading the folder…${waiting > 1 ? ` ${waiting} s` : ""}`}
    </p>
  );
}

function NoFiles() {
  const isGone = useServer(({ state }) => state?.workspace?.problems.some(({ code }) => code === "folder-missing"));
  if (isGone)
    return (
      <div className="ui-empty">
        <strong>This folder is gone</strong>
        <p>It was moved or removed. Put it back, or open another folder.</p>
      </div>
    );
  return (
    <div className="ui-empty">
      <strong>This folder is empty</strong>
      <p>Copy a script here, in any language, or create one now.</p>
      <Button onClick={() => runCommand("file.new")}>New file…</Button>
    </div>
  );
}
