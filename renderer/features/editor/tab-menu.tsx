// The context menu of an open file's tab.
import { useRef } from "react";
import { isDirty, type OpenDocument } from "../../model/documents/document.js";
import type { Side } from "../../model/documents/editor-groups.js";
import { closeTabOf, closeTabsOf, openBeside, showTabOf } from "../../model/documents/editor-tabs.js";
import { copyPath } from "../../model/folder/copy-path.js";
import { useLastStatus } from "../../model/traces/last-status.js";
import { runCommand, shortcutOf } from "../../platform/command-registry.js";
import { ContextMenu } from "../../ui/context-menu.js";
import { MenuItem, MenuSeparator } from "../../ui/menu.js";

export interface TabMenuAt {
  readonly path: string;
  /** Px from the window's left and top edges. */
  readonly x: number;
  readonly y: number;
}

interface TabMenuProps {
  readonly side: Side | null;
  readonly at: TabMenuAt | null;
  readonly open: readonly OpenDocument[];
  readonly onClose: () => void;
  /** The tab that gets the focus back when the menu was about this file. */
  readonly returnTo: (path: string) => HTMLElement | null;
}

export function TabMenu({ side, at, open, onClose, returnTo }: TabMenuProps) {
  // What it was about stays on the screen while it closes.
  const last = useRef("");
  if (at) last.current = at.path;
  const path = last.current;
  const wasRun = useLastStatus(({ byFile }) => byFile.has(path));
  const index = open.findIndex((document) => document.path === path);
  const pathsOf = (documents: readonly OpenDocument[]): readonly string[] => documents.map((document) => document.path);
  const others = open.filter((document) => document.path !== path);
  const saved = open.filter((document) => !isDirty(document));
  const right = open.slice(index + 1);
  const putBeside = (beside: string): void => {
    if (side !== null) showTabOf(side, beside); // the other group is the one beside this
    openBeside(beside);
  };
  const runFor = (command: "file.reveal" | "file.compareSaved" | "file.compareRan"): void => {
    showTabOf(side, path);
    requestAnimationFrame(() => runCommand(command)); // after the menu gave the focus back
  };
  return (
    <ContextMenu label={path} at={at} onClose={onClose} returnTo={() => returnTo(path)}>
      <MenuItem onSelect={() => closeTabOf(side, path)} aside={shortcutOf("file.close")}>
        Close
      </MenuItem>
      <MenuItem disabled={others.length === 0} onSelect={() => closeTabsOf(side, pathsOf(others))}>
        Close others
      </MenuItem>
      <MenuItem disabled={right.length === 0} onSelect={() => closeTabsOf(side, pathsOf(right))}>
        Close to the right
      </MenuItem>
      <MenuItem disabled={saved.length === 0} onSelect={() => closeTabsOf(side, pathsOf(saved))}>
        Close saved
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => putBeside(path)}>
        {side === null ? "Open to the side" : "Open in the other group"}
      </MenuItem>
      <MenuItem
        disabled={!open.some((document) => document.path === path && isDirty(document))}
        onSelect={() => runFor("file.compareSaved")}
      >
        Compare edits with saved file
      </MenuItem>
      <MenuItem disabled={!wasRun} onSelect={() => runFor("file.compareRan")}>
        Compare with the version that ran
      </MenuItem>
      <MenuSeparator />
      <MenuItem onSelect={() => void copyPath(path)}>Copy path</MenuItem>
      <MenuItem onSelect={() => runFor("file.reveal")}>Reveal in tree</MenuItem>
    </ContextMenu>
  );
}
