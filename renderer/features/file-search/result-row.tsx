// One row of the list: a file with its count, or a match in its line.
import { encodingTitle } from "../../../server/contract/charsets.js";
import type { FoundBytes, FoundLine } from "../../../server/contract/search-contract.js";
import { plural } from "../../format/plural.js";
import { hasEdits, useDocuments } from "../../model/documents/document-store.js";
import { ChevronDownIcon, ChevronRightIcon } from "../../ui/icon.js";
import type { ResultRow } from "./rows.js";

interface ResultRowProps {
  readonly row: ResultRow;
  readonly index: number;
  readonly top: number;
  readonly isActive: boolean;
  readonly isFolded: boolean;
  /** Null: the row has no box. */
  readonly isTaken: boolean | null;
  readonly onPress: () => void;
  readonly onTake: (isTaken: boolean) => void;
}

export function ResultRowView({ row, index, top, isActive, isFolded, isTaken, onPress, onTake }: ResultRowProps) {
  const isFile = row.kind === "file";
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree has the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and names its active row
    <div
      id={`search-row-${index}`}
      className="ui-row ui-list-row search-row"
      role="treeitem"
      aria-level={isFile ? 1 : 2}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={isFile ? !isFolded : undefined}
      aria-selected={isActive}
      aria-checked={isTaken ?? undefined}
      data-kind={row.kind}
      style={{ top }}
      onClick={onPress}
    >
      {isFile ? (
        <FileParts row={row} isFolded={isFolded} isTaken={isTaken} onTake={onTake} />
      ) : (
        <span className="search-match ui-cut ui-mono">
          <Match row={row} />
        </span>
      )}
    </div>
  );
}

interface FilePartsProps extends Pick<ResultRowProps, "isFolded" | "isTaken" | "onTake"> {
  readonly row: Extract<ResultRow, { kind: "file" }>;
}

function FileParts({ row: { path, encoding, matches }, isFolded, isTaken, onTake }: FilePartsProps) {
  const isEdited = useDocuments(() => hasEdits(path));
  const slash = path.lastIndexOf("/") + 1;
  const Fold = isFolded ? ChevronRightIcon : ChevronDownIcon;
  return (
    <>
      <Fold className="ui-dim" />
      {isTaken !== null && (
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Replace in ${path}`}
          checked={isTaken}
          onClick={(event) => event.stopPropagation()}
          onChange={(event) => onTake(event.target.checked)}
        />
      )}
      <span className="search-path ui-cut" title={path}>
        {path.slice(slash)} {slash > 0 && <span className="ui-dim">{path.slice(0, slash - 1)}</span>}
      </span>
      {encoding !== "utf-8" && (
        <span className="ui-badge">{encoding === null ? "binary" : encodingTitle(encoding)}</span>
      )}
      {isEdited && <span className="ui-warn search-note">unsaved edits: the file on disk was searched</span>}
      <span className="search-count ui-dim">{plural(matches, "match", "matches")}</span>
    </>
  );
}

function Match({ row }: { readonly row: Exclude<ResultRow, { kind: "file" }> }) {
  switch (row.kind) {
    case "line":
      return (
        <>
          <LineNumber of={row.found.line} /> <MarkedLine found={row.found} />
        </>
      );
    case "bytes":
      return <MarkedBytes found={row.found} />;
    case "change": {
      let at = 0;
      return (
        <>
          <LineNumber of={row.line} />{" "}
          {row.parts.map(({ kind, text }) => {
            const key = at++;
            if (kind === "same") return <span key={key}>{text}</span>;
            return kind === "removed" ? <del key={key}>{text}</del> : <ins key={key}>{text}</ins>;
          })}
          {row.more > 0 && (
            <span className="ui-dim"> … and {plural(row.more, "more match", "more matches")} in this line</span>
          )}
        </>
      );
    }
    case "more":
      return <span className="ui-dim">{row.text}</span>;
  }
}

const LineNumber = ({ of }: { readonly of: number }) => <span className="search-number ui-dim">{of}</span>;

function MarkedLine({ found: { text, marks } }: { readonly found: FoundLine }) {
  let at = 0;
  return (
    <>
      {marks.map(([from, to]) => {
        const before = text.slice(at, from);
        at = to;
        return (
          <span key={from}>
            {before}
            <mark>{text.slice(from, to)}</mark>
          </span>
        );
      })}
      {text.slice(at)}
    </>
  );
}

const pairs = (hex: string): string => (hex.match(/../g) ?? []).join(" ");

function MarkedBytes({ found: { offset, length, line, before, match, after } }: { readonly found: FoundBytes }) {
  const isCut = length * 2 > match.length;
  return (
    <>
      <span className="search-offset ui-dim">0x{offset.toString(16)}</span>{" "}
      <span className="ui-dim">{pairs(before)}</span>{" "}
      <mark>
        {pairs(match)}
        {isCut && " …"}
      </mark>{" "}
      <span className="ui-dim">{pairs(after)}</span>
      {line !== null && <span className="search-line ui-dim">line {line}</span>}
    </>
  );
}
