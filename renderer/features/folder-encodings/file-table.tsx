// The files in a table of fixed rows, drawn as far as they are visible. Arrow keys go from row to row; a row opens its
// file.
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { EncodedFileRow } from "../../../server/contract/encodings-contract.js";
import { keepRowVisible, rowByKey, rowsIn, useViewport } from "../../ui/use-fixed-rows.js";
import { choose, useEncodings } from "./encodings-store.js";
import { declaredBy, detectedTitle } from "./rows.js";
import { VerdictMark } from "./verdict-mark.js";

/** A row is as high as `--row` in tokens.css says, px. */
const rowPx = 24;
const columns = 6;

interface FileTableProps {
  readonly files: readonly EncodedFileRow[];
  readonly onOpen: (file: EncodedFileRow) => void;
}

export function FileTable({ files, onOpen }: FileTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, end } = rowsIn(useViewport(scroller), files.length, rowPx);
  const [active, setActive] = useState(0);
  const wantsFocus = useRef<"box" | "path" | null>(null);
  const current = Math.max(0, Math.min(active, files.length - 1));
  useEffect(() => {
    const wanted = wantsFocus.current;
    const row = scroller.current?.querySelector(`[data-row="${current}"]`);
    if (wanted === null || !row) return; // it is drawn when the scrolling has been seen
    wantsFocus.current = null;
    const box = row.querySelector<HTMLElement>("input:enabled");
    const path = row.querySelector<HTMLElement>("button");
    (wanted === "box" ? (box ?? path) : path)?.focus({ preventScroll: true });
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = rowByKey(event, current, files.length, rowPx, { headPx: rowPx });
    if (next === null) return;
    event.preventDefault();
    wantsFocus.current = event.target instanceof HTMLInputElement ? "box" : "path";
    keepRowVisible(scroller.current, next, rowPx, rowPx);
    setActive(next);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the boxes and buttons in it
    <div ref={scroller} className="encodings-scroller" onKeyDown={onKeyDown}>
      <table className="encodings-table" aria-label="Files and their encodings" aria-rowcount={files.length + 1}>
        <Head files={files} />
        <tbody>
          <Gap rows={first} />
          {files.slice(first, end).map((file, place) => (
            <Row
              key={file.path}
              file={file}
              index={first + place}
              isActive={first + place === current}
              onActive={() => setActive(first + place)}
              onOpen={() => onOpen(file)}
            />
          ))}
          <Gap rows={files.length - end} />
        </tbody>
      </table>
    </div>
  );
}

/** In place of rows that are not drawn. */
const Gap = ({ rows }: { readonly rows: number }) =>
  rows <= 0 ? null : (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: nothing in it takes the focus
    <tr aria-hidden="true">
      <td colSpan={columns} style={{ height: rows * rowPx, padding: 0 }} />
    </tr>
  );

function Head({ files }: { readonly files: readonly EncodedFileRow[] }) {
  const chosen = useEncodings((store) => store.chosen);
  const convertible = files.filter((file) => file.convertible);
  const count = convertible.filter(({ path }) => chosen.has(path)).length;
  const isAll = count > 0 && count === convertible.length;
  return (
    <thead>
      <tr>
        <th scope="col" className="encodings-box">
          <input
            type="checkbox"
            aria-label="Select all files that can be converted"
            disabled={convertible.length === 0}
            checked={isAll}
            ref={(box) => {
              if (box) box.indeterminate = count > 0 && !isAll;
            }}
            onChange={() => choose(convertible, !isAll)}
          />
        </th>
        <th scope="col" className="encodings-path">
          Path
        </th>
        <th scope="col" className="encodings-detected">
          Detected
        </th>
        <th scope="col" className="encodings-declared">
          Declares
        </th>
        <th scope="col">First line that is not ASCII</th>
        <th scope="col" className="encodings-end">
          Verdict
        </th>
      </tr>
    </thead>
  );
}

interface RowProps {
  readonly file: EncodedFileRow;
  readonly index: number;
  readonly isActive: boolean;
  readonly onActive: () => void;
  readonly onOpen: () => void;
}

function Row({ file, index, isActive, onActive, onOpen }: RowProps) {
  const isChosen = useEncodings((store) => store.chosen.has(file.path));
  const { path, declared, first } = file;
  const slash = path.lastIndexOf("/") + 1;
  const tabIndex = isActive ? 0 : -1;
  return (
    <tr
      data-row={index}
      data-chosen={isChosen || undefined}
      aria-rowindex={index + 2}
      onFocus={onActive}
      onClick={onOpen}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box in it has the keys */}
      <td className="encodings-box" onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          aria-label={`Convert ${path}`}
          tabIndex={tabIndex}
          disabled={!file.convertible}
          checked={isChosen}
          onChange={() => choose([file], !isChosen)}
        />
      </td>
      <td className="encodings-path">
        <button type="button" className="ui-cut encodings-open" tabIndex={tabIndex} title={path}>
          <span className="ui-dim">{path.slice(0, slash)}</span>
          {path.slice(slash)}
        </button>
      </td>
      <td data-detected={file.detected}>{detectedTitle(file)}</td>
      <td className="ui-cut">
        {declared === null ? (
          <span className="ui-dim">nothing</span>
        ) : (
          <>
            {declared.charset}{" "}
            <span className="ui-dim">
              {declaredBy[declared.by]}, line {declared.line}
            </span>
          </>
        )}
      </td>
      <td className="ui-cut ui-mono">
        {first && <span className="encodings-line-number ui-dim">{first.line}</span>}
        <ByteLine first={first} />
      </td>
      <td>
        <VerdictMark verdict={file.verdict} />
      </td>
    </tr>
  );
}

// A line of a file with the bytes of its characters above ASCII in hexadecimal.
function ByteLine({ first }: { readonly first: EncodedFileRow["first"] }) {
  if (first === null) return null;
  let at = 0;
  return (
    <>
      {first.parts.map((part) => {
        const key = at++;
        if (part.kind === "text") return <span key={key}>{part.text}</span>;
        return (
          <span key={key} className="encodings-byte" data-utf8={part.utf8}>
            {part.hex}
          </span>
        );
      })}
    </>
  );
}
