// The tree of files: virtual rows, one tab stop, the keys of the ARIA tree pattern (arrows, Home, End, Enter, type-ahead). The tree
// keeps the focus and names its active row, so that a row that scrolls out of the page cannot take the focus with it.
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import { useSelection } from "../../app/selection.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import { isDirty } from "../editor/document.js";
import { useDocuments } from "../editor/document-store.js";
import { useFiles } from "./file-store.js";
import { modeNames } from "./mode-name.js";
import { parentOf, type TreeRow, treeRows } from "./tree-rows.js";
import { useTypeAhead } from "./type-ahead.js";
import { setUnfolded, unfoldTo, useUnfolded } from "./unfolded-store.js";

const rowHeight = 24;
const rowId = (path: string): string => `file:${path}`;

export function FileTree() {
  const entries = useFiles((files) => files.entries);
  const unfolded = useUnfolded((store) => store.paths);
  const openFile = useSelection((selection) => selection.openFile);
  const rows = useMemo(() => treeRows(entries, unfolded), [entries, unfolded]);
  const [active, setActive] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 10 });
  const typeAhead = useTypeAhead();
  const activeIndex = Math.max(
    0,
    rows.findIndex(({ entry }) => entry.path === (active ?? openFile)),
  );

  // What the editor shows is shown here too.
  useEffect(() => {
    if (openFile === null) return;
    unfoldTo(openFile);
    setActive(openFile);
  }, [openFile]);
  useEffect(() => {
    if (rows.length > 0) virtual.scrollToIndex(activeIndex, { align: "auto" });
  }, [virtual, activeIndex, rows.length]);

  const activate = ({ entry, isOpen }: TreeRow): void => {
    setActive(entry.path);
    if (entry.kind === "folder") setUnfolded(entry.path, !isOpen);
    else useSelection.getState().open(entry.path);
  };
  const moveTo = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row) setActive(row.entry.path);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[activeIndex];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const handled = onTreeKey(event.key, row);
    if (handled) event.preventDefault();
  };
  const onTreeKey = (key: string, row: TreeRow): boolean => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    if (key === "ArrowDown") moveTo(activeIndex + 1);
    else if (key === "ArrowUp") moveTo(activeIndex - 1);
    else if (key === "Home") moveTo(0);
    else if (key === "End") moveTo(rows.length - 1);
    else if (key === "PageDown") moveTo(activeIndex + page);
    else if (key === "PageUp") moveTo(activeIndex - page);
    else if (key === "Enter" || key === " ") activate(row);
    else if (key === "ArrowRight" && row.entry.kind === "folder") row.isOpen ? moveTo(activeIndex + 1) : setUnfolded(row.entry.path, true);
    else if (key === "ArrowLeft" && row.isOpen) setUnfolded(row.entry.path, false);
    else if (key === "ArrowLeft" && row.level > 1) setActive(parentOf(row.entry.path));
    else if (key.length === 1) {
      const found = typeAhead(key, rows, activeIndex);
      if (found !== null) moveTo(found);
    } else return false;
    return true;
  };

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Files"
      tabIndex={0}
      data-pane-focus
      className="file-tree"
      aria-activedescendant={rows[activeIndex] ? rowId(rows[activeIndex].entry.path) : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className="file-tree-rows" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <Row
                key={row.entry.path}
                row={row}
                top={item.start}
                isActive={item.index === activeIndex}
                isShown={row.entry.path === openFile}
                onActivate={activate}
              />
            )
          );
        })}
      </div>
    </div>
  );
}

interface RowProps {
  readonly row: TreeRow;
  readonly top: number;
  readonly isActive: boolean;
  readonly isShown: boolean;
  readonly onActivate: (row: TreeRow) => void;
}

function Row({ row, top, isActive, isShown, onActivate }: RowProps) {
  const { entry, name, level, isOpen, position, siblings } = row;
  const hasEdits = useDocuments(({ open }) => open.some((document) => document.path === entry.path && isDirty(document)));
  const isFolder = entry.kind === "folder";
  const isServed = isFolder || entry.target !== null;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the tree
    <div
      id={rowId(entry.path)}
      role="treeitem"
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isFolder ? isOpen : undefined}
      aria-selected={isShown}
      className="file-row"
      data-active={isActive || undefined}
      data-dim={!isServed || undefined}
      style={{ top, paddingLeft: 8 + (level - 1) * 13 }}
      title={isServed ? entry.path : `${entry.path}: never served`}
      onClick={() => onActivate(row)}
    >
      <span className="file-fold">
        {isFolder && (isOpen ? <ChevronDownIcon className="ui-icon" aria-hidden="true" /> : <ChevronRightIcon className="ui-icon" aria-hidden="true" />)}
      </span>
      <span className="ui-cut">{name}</span>
      {hasEdits && <span className="ui-dot file-edited" role="img" aria-label="unsaved" />}
      {entry.mode !== null && <span className="ui-badge file-mode">{modeNames[entry.mode]}</span>}
    </div>
  );
}
