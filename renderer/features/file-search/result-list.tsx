// The rows as a tree of fixed rows, drawn as far as they are visible. Arrow keys go from row to row and fold files;
// Enter opens what the row is about, Space takes a file out of a replacement.
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { keepRowVisible, rowByKey, rowsIn, useViewport } from "../../ui/use-fixed-rows.js";
import { ResultRowView } from "./result-row.js";
import type { ResultRow } from "./rows.js";

/** A row is as high as `--row` in tokens.css says, px. */
const rowPx = 24;

interface ResultListProps {
  readonly label: string;
  readonly rows: readonly ResultRow[];
  readonly folded: ReadonlySet<string>;
  readonly onFold: (path: string, isFolded: boolean) => void;
  readonly onOpen: (row: ResultRow) => void;
  /** Null: there are no boxes. */
  readonly taken: { readonly has: (path: string) => boolean; readonly set: (path: string, is: boolean) => void } | null;
}

export function ResultList({ label, rows, folded, onFold, onOpen, taken }: ResultListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end } = rowsIn(useViewport(scroller), rows.length, rowPx);
  const [active, setActive] = useState(0);
  const current = Math.max(0, Math.min(active, rows.length - 1));
  const row = rows[current];
  const inView = Array.from({ length: Math.max(0, end - first) }, (_, place) => first + place);
  // The current row is always in the page: the tree refers to it.
  const drawn = inView.includes(current) ? inView : [...inView, current].toSorted((a, b) => a - b);
  const isMoved = useRef(false);
  useLayoutEffect(() => {
    if (isMoved.current) keepRowVisible(scroller.current, current, rowPx);
    isMoved.current = false;
  });
  const go = (index: number): void => {
    isMoved.current = true;
    setActive(Math.max(0, Math.min(rows.length - 1, index)));
  };
  const toFile = (): void => go(rows.findIndex((other) => other.kind === "file" && other.path === row?.path));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = rowByKey(event, current, rows.length, rowPx);
    const isFile = row.kind === "file";
    const keys: Readonly<Record<string, () => void>> = {
      ArrowRight: () => (isFile && folded.has(row.path) ? onFold(row.path, false) : go(current + 1)),
      ArrowLeft: () => (isFile ? onFold(row.path, true) : toFile()),
      Enter: () => onOpen(row),
      " ": () => (taken && isFile ? taken.set(row.path, !taken.has(row.path)) : onOpen(row)),
    };
    const act = place === null ? keys[event.key] : () => go(place);
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  return (
    <div
      ref={scroller}
      className="ui-list search-list"
      role="tree"
      aria-label={label}
      tabIndex={0}
      aria-activedescendant={row && `search-row-${current}`}
      onKeyDown={onKeyDown}
    >
      <div role="none" className="ui-list-rows" style={{ height: rows.length * rowPx }}>
        {drawn.map((index) => {
          const one = rows[index];
          if (one === undefined) return null;
          return (
            <ResultRowView
              key={index}
              row={one}
              index={index}
              top={index * rowPx}
              isActive={index === current}
              isFolded={folded.has(one.path)}
              isTaken={one.kind === "file" && taken ? taken.has(one.path) : null}
              onPress={() => {
                setActive(index);
                if (one.kind === "file") onFold(one.path, !folded.has(one.path));
                else onOpen(one);
              }}
              onTake={(is) => taken?.set(one.path, is)}
            />
          );
        })}
      </div>
    </div>
  );
}
