// The new name of a file, typed in its row: the name without its extension is selected. Enter and leaving the field
// rename, Esc does not; an invalid name is reported while it is typed.
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { join, parentOf, stemLength, whyNoName } from "../../format/file-path.js";
import { stopRenaming } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { elementAt } from "../../platform/anchors.js";
import { renameOrTell } from "./file-actions.js";

export function RenameField({ entry, name }: { readonly entry: FileEntry; readonly name: string }) {
  const { path, kind } = entry;
  const [value, setValue] = useState(name);
  const isOver = useRef(false);
  const field = useRef<HTMLInputElement>(null);
  const target = join(parentOf(path), value);
  const isTaken = useFiles(({ byPath }) => target !== path && byPath.has(target));
  const why = isTaken ? "This name already exists here." : whyNoName(value);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears
  useLayoutEffect(() => {
    // Before it can be seen: what is typed goes into it, and a selection that came later would be another one.
    field.current?.focus();
    field.current?.setSelectionRange(0, stemLength(name, kind));
  }, []);

  const end = (isWanted: boolean): void => {
    if (isOver.current) return;
    isOver.current = true;
    stopRenaming();
    if (isWanted && why === null) void renameOrTell(path, target);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation(); // the tree's keys mean something else here
    if (event.nativeEvent.isComposing) return; // the key belongs to the input method
    if (event.key === "Enter" && why !== null) return;
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    end(event.key === "Enter");
    elementAt("explorer.tree")?.focus();
  };
  return (
    <>
      <input
        ref={field}
        className="ui-field file-rename"
        aria-label={`New name of ${name}`}
        aria-invalid={why !== null}
        aria-describedby={why === null ? undefined : "file-rename-why"}
        value={value}
        spellCheck={false}
        autoCapitalize="off"
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={onKeyDown}
        onBlur={() => end(value !== name)}
      />
      {why !== null && (
        <span id="file-rename-why" className="file-rename-why" role="alert">
          {why}
        </span>
      )}
    </>
  );
}
