// One group of the editor: its tabs, notes on the shown file, and the file itself or why it is not shown as text.
import type { ReactNode } from "react";
import { traitsOf } from "../../../server/contract/modes.js";
import { formatBytes } from "../../format/size.js";
import { nameOf, type OpenDocument } from "../../model/documents/document.js";
import { otherSide, type Side, useSplit } from "../../model/documents/editor-groups.js";
import { activateGroup } from "../../model/documents/editor-tabs.js";
import { reloadDocument } from "../../model/documents/read-document.js";
import { useFiles } from "../../model/folder/file-store.js";
import { anchor } from "../../platform/anchors.js";
import { CommandButton } from "../../platform/command-button.js";
import { hintOf, runCommand } from "../../platform/command-registry.js";
import { idlePart, lazyPart } from "../../platform/lazy-part.js";
import { useWaiting } from "../../platform/use-waiting.js";
import { problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { JoinIcon } from "../../ui/icon.js";
import { useDiff } from "../file-diff/index.js";
import { ModeBadge } from "../modes/index.js";
import { CodeView } from "./code-view.js";
import { EditorTabs } from "./editor-tabs.js";

const DiskBar = idlePart(async () => (await import("./external-change-bar.js")).DiskBar);
const FileBytes = lazyPart(async () => (await import("../bytes/file-bytes.js")).FileBytes);
const DiffPane = lazyPart(async () => (await import("../file-diff/diff-pane.js")).DiffPane);

interface EditorGroupProps {
  /** Null: it is the only group. */
  readonly side: Side | null;
  readonly open: readonly OpenDocument[];
  /** The path of the file that it shows. */
  readonly shown: string | null;
  /** The rest of the window follows this group. */
  readonly isActive: boolean;
}

export function EditorGroup({ side, open, shown, isActive }: EditorGroupProps) {
  const document = open.find(({ path }) => path === shown) ?? null;
  const entry = useFiles(({ byPath }) => byPath.get(shown ?? ""));
  const compared = useDiff((store) => store.comparison);
  // Where both groups show the file, the active one shows the comparison.
  const isBoth = useSplit(({ split }) => split !== null && side !== null && split[otherSide(side)].shown === shown);
  const isCompared = document?.kind === "text" && compared?.path === document.path && (isActive || !isBoth);
  const comparison = isCompared ? compared : null;
  const activate = (): void => {
    if (side !== null) activateGroup(side);
  };
  return (
    <div
      className="editor-group"
      data-pane={isActive ? "editor" : "other-editor"}
      data-active={isActive || undefined}
      onFocusCapture={activate}
      onPointerDownCapture={activate}
    >
      {open.length > 0 && (
        <div ref={isActive ? anchor("editor.bar") : undefined} className="editor-top">
          <EditorTabs side={side} open={open} shown={shown} />
          {entry && <ModeBadge entry={entry} place="bar" />}
          {side === "right" && <CommandButton label="Join editor groups" command="editor.join" icon={JoinIcon} />}
        </div>
      )}
      {document?.kind === "text" && <DiskBar document={document} />}
      <div className="editor-body" role="tabpanel" aria-label={document ? nameOf(document.path) : "No file"}>
        {/* Stays while other files are shown, so that the editor is made once. */}
        <CodeView path={document?.kind === "text" && comparison === null ? document.path : null} isActive={isActive} />
        {comparison !== null && <DiffPane comparison={comparison} />}
        {document?.kind !== "text" && <Instead document={document} />}
      </div>
    </div>
  );
}

/** A file that is being read; nothing is shown when it loads at once. */
function Reading({ name }: { readonly name: string }) {
  const waiting = useWaiting(true);
  return (
    <div className="ui-empty" role="status" aria-label={`Reading ${name}`}>
      {waiting !== null && (
        <p className="ui-dim">
          Reading {name}…{waiting > 1 && ` ${waiting} s`}
        </p>
      )}
    </div>
  );
}

interface AsBytesProps {
  readonly document: Extract<OpenDocument, { kind: "binary" | "too-large" }>;
  readonly children: ReactNode;
}

/** The file's bytes below the reason for them. */
const AsBytes = ({ document, children }: AsBytesProps) => (
  <div className="ui-pane editor-bytes">
    <p className="ui-row ui-small editor-bytes-why ui-dim">{children}</p>
    <FileBytes document={document} />
  </div>
);

/** Shown in place of the editor when there is no text. */
function Instead({ document }: { readonly document: Exclude<OpenDocument, { kind: "text" }> | null }) {
  const entry = useFiles(({ byPath }) => byPath.get(document?.path ?? ""));
  if (document === null) {
    return (
      <div className="ui-empty">
        <strong>No file is open</strong>
        <p>Select a script on the left. It opens here, and a request to it is ready to send below.</p>
        <Button hint={hintOf("view.palette")} onClick={() => runCommand("view.palette")}>
          Search files…
        </Button>
      </div>
    );
  }
  const name = nameOf(document.path);
  switch (document.kind) {
    case "unread":
      return <Reading key={document.path} name={name} />;
    case "binary":
      return (
        <AsBytes document={document}>
          {name} is not text. {document.why} It is read only here.
          {traitsOf(entry?.mode)?.keepsProcesses && (
            <Button size="small" onClick={() => runCommand("workers.show")}>
              Show workers
            </Button>
          )}
        </AsBytes>
      );
    case "too-large":
      return (
        <AsBytes document={document}>
          {name} is too large to edit here. Its size is {formatBytes(document.sizeBytes)}. The editor opens files up to{" "}
          {formatBytes(document.maxBytes)}.
        </AsBytes>
      );
    case "failed":
      return (
        <div className="ui-empty" role="alert">
          <strong>{name} could not be read</strong>
          <p>{problemText(document.problem)}</p>
          <Button onClick={() => void reloadDocument(document.path)}>Try again</Button>
        </div>
      );
  }
}
