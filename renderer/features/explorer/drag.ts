// Dragging a row onto a folder moves it there. Only rows of this tree: files from other programs are not copied.
import type { DragEvent } from "react";
import { create } from "zustand";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { isWithin, parentOf } from "../../format/file-path.js";
import { chosenWith } from "../../model/folder/explorer-state.js";

/** `path`: the dragged entry. `folder`: its destination ("" is the workspace); null: nowhere. */
const useDrag = create<{ readonly path: string | null; readonly folder: string | null }>()(() => ({
  path: null,
  folder: null,
}));

/** Of what is dragged. A drag whose row has scrolled out of sight ends unseen: what comes next may not be a row. */
const dragType = "application/x-cgi-workbench-path";

export function beginDrag(event: DragEvent, path: string): void {
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", path);
  event.dataTransfer.setData(dragType, path);
  useDrag.setState({ path, folder: null });
}

export const endDrag = (): void => useDrag.setState({ path: null, folder: null });

/** The folder that a drop on this row (null: beside the rows) goes into. */
export function dropTarget(path: string | null, entries: readonly FileEntry[]): string {
  if (path === null) return "";
  const isFolder = entries.some((entry) => entry.path === path && entry.kind === "folder");
  return isFolder ? path : parentOf(path);
}

/** Whether something may go into a folder: not where it is already, and not into itself. */
export const mayMove = (path: string, folder: string): boolean =>
  parentOf(path) !== folder && !(folder !== "" && isWithin(folder, path));

export interface Drop {
  /** The folder under the pointer: where a drop would move the entry. */
  readonly folder: string | null;
  /** The handlers; `target` derives the folder from the element under the pointer. */
  on(target: (over: EventTarget) => string): {
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
  };
}

export function useDrop(): Drop {
  const { path, folder } = useDrag();
  return {
    folder,
    on: (target) => ({
      onDragOver: (event) => {
        if (path === null || !event.dataTransfer.types.includes(dragType)) return;
        const over = target(event.target);
        const next = mayMove(path, over) ? over : null;
        if (next !== folder) useDrag.setState({ folder: next });
        if (next !== null) event.preventDefault();
      },
      onDragLeave: (event) => {
        const isInside = event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget);
        if (!isInside) useDrag.setState({ folder: null });
      },
      onDrop: (event) => {
        event.preventDefault();
        endDrag();
        if (path !== null && folder !== null && event.dataTransfer.getData(dragType) === path)
          void move(
            chosenWith(path).filter((dragged) => mayMove(dragged, folder)),
            folder,
          );
      },
    }),
  };
}

const move = async (paths: readonly string[], folder: string): Promise<void> =>
  (await import("./file-actions.js")).moveFilesOrTell(paths, folder);
