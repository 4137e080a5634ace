// A comparison in place of the editor: the name of each side, how many differences there are, and the two texts.
import { nameOf } from "../../model/documents/document.js";
import { documentAt, useDocuments } from "../../model/documents/document-store.js";
import { CommandButton } from "../../platform/command-button.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { IconButton } from "../../ui/button.js";
import { ArrowDownIcon, ArrowUpIcon, CloseIcon } from "../../ui/icon.js";
import { type ByteDifference, byteDifferences, sameLinesLabel } from "./byte-differences.js";
import { type Against, closeDiff, type FileDiff, useDiff } from "./diff-store.js";
import { DiffView } from "./diff-view.js";
import "./file-diff.css";

export function DiffPane({ comparison }: { readonly comparison: FileDiff }) {
  const { path, against, original, why } = comparison;
  const count = useDiff((store) => store.count);
  const document = useDocuments(() => documentAt(path));
  return (
    <section ref={keepsFocus} className="diff" aria-label={`Comparison of ${nameOf(path)}`}>
      <div className="diff-bar">
        <span className="ui-cut">
          <span className="diff-old">{sideNames[against.kind](against)}</span>
          <span aria-hidden="true"> → </span>
          <span className="ui-hidden">compared with</span>
          <span className="diff-new">{against.kind === "disk" ? "your edits" : "the file as it is now"}</span>
        </span>
        <span className="ui-dim diff-count" role="status">
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
        <IconButton label="Close comparison" size="small" onClick={closeDiff}>
          <CloseIcon className="ui-icon" aria-hidden="true" />
        </IconButton>
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
