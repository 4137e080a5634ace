// One row of the tree: fold, name (or the field that renames it), badges. Rows are dragged to folders.
import type { MouseEvent } from "react";
import { anchor } from "../../platform/anchors.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import { SpokenEllipsis } from "../../ui/middle-ellipsis.js";
import { beginDrag, endDrag } from "./drag.js";
import { RowBadges } from "./row-badges.js";
import { rowId, type TreeRow } from "./tree-rows.js";

interface FileRowProps {
  readonly row: TreeRow;
  /** Distance from the top of the list, px. */
  readonly top: number;
  readonly isActive: boolean;
  /** The editor shows it; or, while several are chosen, it is one of them. */
  readonly isSelected: boolean;
  readonly isRenaming: boolean;
  /** What is being dragged would go into it. */
  readonly isDropTarget: boolean;
  readonly onPress: (event: MouseEvent) => void;
  /** A double click: the file gets a tab of its own. */
  readonly onKeep: () => void;
}

const RenameField = lazyPart(async () => (await import("./rename-field.js")).RenameField);

export function FileRow({ row, top, isActive, isSelected, isRenaming, isDropTarget, onPress, onKeep }: FileRowProps) {
  const { entry, name, level, isOpen, position, siblings } = row;
  const isFolder = entry.kind === "folder";
  const isServed = isFolder || entry.target !== null;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
    <div
      ref={isActive ? anchor(`explorer.row.${entry.path}`) : undefined}
      id={rowId(entry.path)}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isFolder ? isOpen : undefined}
      aria-selected={isSelected}
      className="ui-list-row file-row"
      data-active={isActive || undefined}
      data-dim={!isServed || undefined}
      data-drop={isDropTarget || undefined}
      style={{ top, paddingLeft: 8 + (level - 1) * 13 }}
      title={isRenaming ? undefined : isServed ? entry.path : `${entry.path}: never served`}
      draggable={!isRenaming}
      onDragStart={(event) => beginDrag(event, entry.path)}
      onDragEnd={endDrag}
      onClick={(event) => !isRenaming && onPress(event)}
      onDoubleClick={() => !isRenaming && onKeep()}
    >
      <span className="ui-dim file-fold">{isFolder && (isOpen ? <ChevronDownIcon /> : <ChevronRightIcon />)}</span>
      {isRenaming ? (
        <RenameField entry={entry} name={name} />
      ) : (
        <>
          <SpokenEllipsis text={name} tail={10} title={null} />
          <RowBadges entry={entry} />
        </>
      )}
    </div>
  );
}
