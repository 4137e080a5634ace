// A comparison in place of the editor: the name of each side, how many differences there are, and the two texts.
import { nameOf, type TextDocument } from "../../model/documents/document.js";
import { documentAt, useDocuments } from "../../model/documents/document-store.js";
import { isMixed, usualLineEnd } from "../../model/documents/text-buffers.js";
import { CommandButton } from "../../platform/command-button.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { IconButton } from "../../ui/button.js";
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from "../../ui/icon.js";
import { type Against, closeDiff, type FileDiff, useDiff } from "./diff-store.js";
import { DiffView } from "./diff-view.js";
import "./file-diff.css";

// What differs between two versions whose lines are the same, and how the comparison says so.
const names = {
  "line-ends": "the line ends",
  mark: "the byte order mark",
  encoding: "the encoding",
} as const;
/** "bytes": others than those, such as bytes that the encoding cannot decode. */
type ByteDifference = keyof typeof names | "bytes";
const hasMoreThanAscii = /[\u0080-\uffff]/;

export function byteDifferences(
  { original, against }: Pick<FileDiff, "original" | "against">,
  document: TextDocument,
): readonly ByteDifference[] {
  const hashes = against.kind === "ran" && !document.isDirty ? [against.hash, document.hash] : null;
  if (original === null || (hashes && hashes[0] === hashes[1])) return [];
  const { text, bom, encoding } = original;
  const hasOtherEnds =
    isMixed(text) !== document.mixed || (/[\r\n]/.test(text) && usualLineEnd(text) !== document.lineEnd);
  const found: ByteDifference[] = [];
  if (hasOtherEnds) found.push("line-ends");
  if (bom !== document.bom) found.push("mark");
  // Except in UTF-16, ASCII is the same bytes in every encoding; after an edit it is read as another one.
  const hasOtherBytes =
    hasMoreThanAscii.test(text) || [encoding, document.encoding].some((one) => one.startsWith("utf-16"));
  if (encoding !== document.encoding && hasOtherBytes) found.push("encoding");
  return found.length === 0 && hashes ? ["bytes"] : found;
}

/** In place of the number of differences, where there is none between the lines. */
function sameLinesLabel(differences: readonly ByteDifference[]): string {
  const [first] = differences;
  if (first === undefined) return "No differences";
  const named = differences.flatMap((one) => (one === "bytes" ? [] : [names[one]]));
  if (named.length === 0) return "Only the bytes differ";
  const isOne = named.length === 1 && first !== "line-ends";
  return `Only ${new Intl.ListFormat("en").format(named)} ${isOne ? "differs" : "differ"}`;
}

export function DiffPane({ comparison }: { readonly comparison: FileDiff }) {
  const { path, against, original, why } = comparison;
  const count = useDiff((store) => store.count);
  const document = useDocuments(() => documentAt(path));
  return (
    <section ref={keepsFocus} className="diff" aria-label={`Comparison of ${nameOf(path)}`}>
      <div className="ui-row ui-small diff-bar">
        <span className="ui-cut">
          <span className="diff-old">{sideNames[against.kind](against)}</span>
          <span aria-hidden="true"> → </span>
          <span className="ui-hidden">compared with</span>
          <span className="diff-new">{against.kind === "disk" ? "your edits" : "the file as it is now"}</span>
        </span>
        <span className="ui-dim ui-figures diff-count" role="status">
          {why === null &&
            countLabel(count, () => (document?.kind === "text" ? byteDifferences(comparison, document) : []))}
        </span>
        <CommandButton
          label="Previous difference"
          command="diff.previous"
          icon={ArrowUpIcon}
          disabled={count === null || count === 0}
        />
        <CommandButton
          label="Next difference"
          command="diff.next"
          icon={ArrowDownIcon}
          disabled={count === null || count === 0}
        />
        <IconButton label="Close comparison" onClick={closeDiff} icon={CloseIcon} />
      </div>
      {why !== null ? (
        <div className="ui-empty" role="alert">
          <strong>There is nothing to compare with</strong>
          <p>{why}</p>
        </div>
      ) : (
        original !== null && <DiffView path={path} original={original.text} />
      )}
    </section>
  );
}

const sideNames: Readonly<Record<Against["kind"], (against: Against) => string>> = {
  disk: () => "saved on disk",
  solution: () => "the course’s answer",
  ran: (against) => (against.kind === "ran" ? `as request #${against.seq} ran it` : ""),
};

const countLabel = (count: number | null, bytes: () => readonly ByteDifference[]): string =>
  count === null ? "" : count === 0 ? sameLinesLabel(bytes()) : count === 1 ? "1 difference" : `${count} differences`;
