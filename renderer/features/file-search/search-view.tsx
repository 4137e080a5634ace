// Find and replace in the folder's files: the form, what was found, and what a replacement would change.
import { type ReactNode, useEffect, useMemo, useState } from "react";
import { plural } from "../../format/plural.js";
import { glanceAt } from "../../model/documents/document-store.js";
import { useSearchForm } from "../../model/folder/search-form.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { keepsFocus } from "../../platform/focus-pane.js";
import { useSelection } from "../../platform/selection.js";
import { Button, IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { LeftFiles } from "../../ui/left-files.js";
import { ResultList } from "./result-list.js";
import { changeRows, type ResultRow, resultRows } from "./rows.js";
import { SearchFormView } from "./search-form-view.js";
import {
  dismissDone,
  forgetOthers,
  isPreviewOf,
  leavePreview,
  type Preview,
  replace,
  search,
  take,
  undoReplacement,
  useSearch,
} from "./search-store.js";
import { doneText, leftText, summaryOf } from "./words.js";
import "./search.css";

export function SearchView() {
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const asked = useSearchForm((form) => form.asked);
  useEffect(() => forgetOthers(root), [root]);
  useEffect(() => {
    if (asked === answered) return;
    answered = asked;
    void search(); // its failure is in the store
  }, [asked]);
  const preview = useSearch((store) => store.preview);
  return (
    <section className="ui-pane search" aria-label="Find in files">
      <SearchFormView />
      {preview === null ? <Results /> : <Changes preview={preview} />}
    </section>
  );
}

/** The last request of another part that was met: the view may be made again. */
let answered = 0;

function Results() {
  const { found, progress, busy, isCancelled, asked, done, failure } = useSearch();
  const [folded, fold] = useFolded();
  const rows = useMemo(() => resultRows(found, folded), [found, folded]);
  const state = busy === "searching" ? "searching" : isCancelled ? "cancelled" : "ended";
  return (
    <>
      <Line>
        {failure !== null && <span className="ui-bad">{failure}</span>}
        {failure === null && progress && summaryOf(progress, found.length, state)}
        {done && (
          <>
            {" "}
            {doneText(done, asked !== null)}{" "}
            {done.token !== null && (
              <Button
                size="small"
                disabled={busy === "replacing"}
                onClick={() => done.token !== null && void undoReplacement(done.token)}
              >
                Undo
              </Button>
            )}
            <IconButton
              ref={keepsFocus}
              label="Dismiss"
              disabled={busy === "replacing"}
              onClick={dismissDone}
              icon={CloseIcon}
            />
          </>
        )}
      </Line>
      {done && <LeftFiles left={done.left} title="These files stayed as they were:" />}
      {rows.length > 0 ? (
        <ResultList label="Matches" rows={rows} folded={folded} onFold={fold} onOpen={openRow} taken={null} />
      ) : (
        <Empty />
      )}
    </>
  );
}

function Empty() {
  const { query, busy, failure, progress } = useSearch();
  if (failure !== null) return null;
  if (query === null)
    return (
      <div className="ui-dim search-empty">
        <p>Enter a text, or bytes in hex, and press Enter. Every file is searched in its own encoding.</p>
      </div>
    );
  return busy === null && progress?.matches === 0 ? (
    <div className="ui-dim search-empty">
      <p>
        <strong>No match</strong>
      </p>
      {query.kind === "text" && query.isRegex && namesLineEnd.test(query.text) && (
        <p>Each line is searched by itself: an expression cannot match a line end.</p>
      )}
    </div>
  ) : null;
}

/** `\n` or `\r`, and no backslash before it. */
const namesLineEnd = /(?<!\\)(?:\\\\)*\\[nr]/;

function Changes({ preview }: { readonly preview: Preview }) {
  const { files, left, without } = preview;
  const { busy, failure } = useSearch();
  const isOfForm = isPreviewOf(preview, useSearchForm());
  const [folded, fold] = useFolded();
  const rows = useMemo(() => changeRows(files, folded), [files, folded]);
  const taken = files.filter(({ path }) => !without.has(path));
  const matches = taken.reduce((sum, file) => sum + file.matches, 0);
  return (
    <>
      <Line>
        {failure ?? (isOfForm ? "Nothing is written yet. You can undo all of it at once." : otherForm)}
        {leftText(taken, preview)}
        <span className="ui-spacer" />
        <Button size="small" onClick={leavePreview}>
          Back
        </Button>
        {isOfForm && (
          <Button
            size="small"
            look="primary"
            disabled={matches === 0 || busy !== null}
            aria-busy={busy === "replacing"}
            onClick={() => void replace()}
          >
            Replace {plural(matches, "match", "matches")} in {plural(taken.length, "file")}
          </Button>
        )}
      </Line>
      <LeftFiles left={left} title="These files are left out:" />
      <ResultList
        label="Changes"
        rows={rows}
        folded={folded}
        onFold={fold}
        onOpen={openRow}
        taken={{ has: (path) => !without.has(path), set: take }}
      />
    </>
  );
}

const otherForm = "The form has changed since this preview. Preview the replacement again.";

const Line = ({ children }: { readonly children: ReactNode }) => (
  <div className="ui-row ui-small ui-dim search-status" role="status">
    {children}
  </div>
);

function useFolded(): readonly [ReadonlySet<string>, (path: string, isFolded: boolean) => void] {
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  return [
    folded,
    (path, isFolded) =>
      setFolded((before) => new Set(isFolded ? [...before, path] : [...before].filter((other) => other !== path))),
  ];
}

/** In the preview tab, at the match. */
function openRow(row: ResultRow): void {
  const { path } = row;
  glanceAt(path);
  const { open, showBytes } = useSelection.getState();
  if (row.kind === "line") open(path, row.found.line, row.found);
  else if (row.kind === "change") open(path, row.line);
  else if (row.kind === "bytes" && row.found.line !== null) open(path, row.found.line);
  else if (row.kind === "bytes") showBytes({ path, ...row.found });
}
