// The tree of files: virtual rows, one tab stop, the keys of the ARIA tree pattern. The tree keeps the focus and names
// its active row, so that a row that scrolls out of the page cannot take the focus with it.
import { type KeyboardEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef } from "react";
import { comparable } from "../../format/file-path.js";
import { glanceAt, keepTab } from "../../model/documents/document-store.js";
import { choose, setActive, toggleChosen, useExplorer } from "../../model/folder/explorer-state.js";
import { useFiles } from "../../model/folder/file-store.js";
import { anchor } from "../../platform/anchors.js";
import { idlePart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { keepRowVisible, rowsIn, useViewport } from "../../ui/use-fixed-rows.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { dropTarget, useDrop } from "./drag.js";
import { expandTo, setExpanded, useExpanded } from "./expanded-folders.js";
import { FileRow } from "./file-row.js";
import { onTreeKey, pathsBetween } from "./tree-keys.js";
import { rowId, type TreeRow, treeRows } from "./tree-rows.js";

// Letters typed in quick succession find the next row whose name begins with them.
const pauseMs = 700;

/** Takes a typed character. Returns the index of the matching row, or null. */
function useTypeAhead(): (character: string, rows: readonly TreeRow[], from: number) => number | null {
  const typed = useRef({ text: "", at: 0 });
  return (character, rows, from) => {
    const now = performance.now();
    const isFresh = now - typed.current.at > pauseMs;
    const text = comparable((isFresh ? "" : typed.current.text) + character);
    typed.current = { text, at: now };
    // A fresh letter goes on to the next match; more letters narrow the present one.
    const first = isFresh ? from + 1 : from;
    for (let step = 0; step < rows.length; step++) {
      const index = (first + step) % rows.length;
      if (comparable(rows[index]?.name ?? "").startsWith(text)) return index;
    }
    return null;
  };
}

const FileMenu = idlePart(async () => (await import("./file-menu.js")).FileMenu);

const rowHeight = 24;

export function FileTree() {
  const entries = useFiles((files) => files.entries);
  const unfolded = useExpanded((store) => store.paths);
  const openFile = useSelection((selection) => selection.openFile);
  const active = useExplorer((store) => store.active);
  const chosen = useExplorer((store) => store.chosen);
  const filter = useExplorer((store) => store.filter);
  const renaming = useExplorer((store) => store.renaming);
  const rows = useMemo(() => treeRows(entries, unfolded, filter), [entries, unfolded, filter]);
  const scroller = useRef<HTMLDivElement>(null);
  const tree = useJoinedRefs(scroller, anchor("explorer.tree"));
  const viewport = useViewport(scroller);
  const { first, end } = rowsIn(viewport, rows.length, rowHeight);
  const typeAhead = useTypeAhead();
  const drop = useDrop();
  const activeIndex = useActiveIndex(rows, active ?? openFile, chosen);
  const activePath = rows[activeIndex]?.entry.path ?? null;

  // Commands are about what is seen here, not about a row that is hidden or gone.
  useLayoutEffect(() => {
    useExplorer.setState({ shown: { row: activePath, rows } });
    return () => useExplorer.setState({ shown: null });
  }, [rows, activePath]);
  // What the editor shows is shown here too.
  useEffect(() => {
    if (openFile === null) return;
    expandTo(openFile);
    setActive(openFile);
  }, [openFile]);
  useEffect(() => {
    if (rows.length > 0) keepRowVisible(scroller.current, activeIndex, rowHeight);
  }, [activeIndex, rows.length]);
  // A banner or a higher panel takes room away: the row that was in sight stays in sight.
  const before = useRef(viewport);
  useLayoutEffect(() => {
    const { top, height } = before.current;
    before.current = viewport;
    const place = activeIndex * rowHeight;
    const wasInSight = place >= top && place + rowHeight <= top + height;
    if (wasInSight && viewport.height < height) keepRowVisible(scroller.current, activeIndex, rowHeight);
  }, [viewport, activeIndex]);

  /** A click on a row: Ctrl adds it to the selection, Shift selects everything up to it. */
  const press = (row: TreeRow, index: number, { ctrlKey, metaKey, shiftKey }: ClickEvent): void => {
    if (ctrlKey || metaKey) toggleChosen(row.entry.path);
    else if (shiftKey) choose(pathsBetween(rows, activeIndex, index), row.entry.path);
    else if (row.entry.kind === "file") {
      setActive(row.entry.path);
      glanceAt(row.entry.path);
    } else activate(row);
  };
  const activate = ({ entry, isOpen }: TreeRow): void => {
    setActive(entry.path);
    if (entry.kind === "folder") setExpanded(entry.path, !isOpen);
    else {
      useSelection.getState().open(entry.path);
      keepTab(entry.path);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const row = rows[activeIndex];
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const place = (): { x: number; y: number } => menuPosition(scroller.current, row);
    if (row && onTreeKey(event, { rows, row, index: activeIndex, pageRows, activate, typeAhead, place }))
      event.preventDefault();
  };
  const onContextMenu = (event: MouseEvent): void => {
    event.preventDefault();
    // The key that opens it was handled; this one comes from the pointer.
    const path = rowPath(event.target);
    if (path !== null && !chosen.has(path)) setActive(path);
    else if (path !== null) useExplorer.setState({ active: path }); // of several, the one that was active may be hidden
    useExplorer.setState({ menu: { path, x: event.clientX, y: event.clientY } });
  };

  return (
    <>
      <div
        ref={tree}
        role="tree"
        aria-label="Files"
        aria-multiselectable
        tabIndex={0}
        data-pane-focus
        className="ui-list file-tree"
        data-drop={drop.folder === "" || undefined}
        aria-activedescendant={activePath === null ? undefined : rowId(activePath)}
        onKeyDown={onKeyDown}
        onContextMenu={onContextMenu}
        {...drop.on((target) => dropTarget(rowPath(target), entries))}
      >
        <div role="presentation" className="ui-list-rows" style={{ height: rows.length * rowHeight }}>
          {rows.slice(first, end).map((row, place) => (
            <FileRow
              key={row.entry.path}
              row={row}
              top={(first + place) * rowHeight}
              isActive={first + place === activeIndex}
              isSelected={chosen.size > 0 ? chosen.has(row.entry.path) : row.entry.path === openFile}
              isRenaming={row.entry.path === renaming}
              isDropTarget={drop.folder === row.entry.path}
              onKeep={() => keepTab(row.entry.path)}
              onPress={(event) => press(row, first + place, event)}
            />
          ))}
        </div>
      </div>
      <FileMenu />
    </>
  );
}

type ClickEvent = Pick<MouseEvent, "ctrlKey" | "metaKey" | "shiftKey">;

/** The active row's index; when it is not shown, a chosen row, or the one that came into its place. */
function useActiveIndex(rows: readonly TreeRow[], path: string | null, chosen: ReadonlySet<string>): number {
  const last = useRef(0);
  const own = rows.findIndex(({ entry }) => entry.path === path);
  const found = own >= 0 || chosen.size === 0 ? own : rows.findIndex(({ entry }) => chosen.has(entry.path));
  const index = found >= 0 ? found : Math.max(0, Math.min(last.current, rows.length - 1));
  useEffect(() => {
    last.current = index;
  }, [index]);
  return index;
}

/** The file or folder whose row an event came from. */
function rowPath(target: EventTarget | null): string | null {
  const row = target instanceof Element ? target.closest('[role="treeitem"]') : null;
  return row === null ? null : row.id.slice(rowId("").length);
}

/** Where a menu of the active row opens when a key asked for it. */
function menuPosition(tree: HTMLElement | null, row: TreeRow | undefined): { x: number; y: number } {
  const element = row && document.getElementById(rowId(row.entry.path));
  const { left, bottom } = (element ?? tree)?.getBoundingClientRect() ?? { left: 0, bottom: 0 };
  return { x: left + 24, y: bottom };
}
