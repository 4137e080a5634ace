// The encodings of all files: what each is and declares, in a table; and the conversion of the selected ones.
import { useDeferredValue, useEffect, useMemo, useState } from "react";
import type { EncodedFileRow, EncodingReport } from "../../../server/contract/encodings-contract.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import { Choice } from "../../ui/choice.js";
import { Dialog } from "../../ui/dialog.js";
import { RepeatIcon } from "../../ui/icon.js";
import { LeftFiles } from "../../ui/left-files.js";
import { ConversionPreview } from "./conversion-preview.js";
import { examine, previewConversion, stopExamining, undoConversion, useEncodings } from "./encodings-store.js";
import { FileTable } from "./file-table.js";
import { countOf, isOfKind, type Kind, kinds, kindTitles, shownRows, summaryOf } from "./rows.js";
import "./folder-encodings.css";

const close = (): void => closeDialog("encodings");

export function EncodingsDialog() {
  return useDialogOpen("encodings") ? <Shown /> : null;
}

function Shown() {
  const { report, preview, busy, failure } = useEncodings();
  useEffect(() => {
    void examine(); // its failure is in the store
    return stopExamining;
  }, []);
  if (preview !== null)
    return (
      <Dialog
        onClose={close}
        size="widest"
        title={`Convert ${countOf(preview.files.length, "file")} to UTF-8`}
        description="Characters stay as they are; these bytes and declarations change. You can undo all of it at once."
      >
        {failure !== null && <Failure text={failure} />}
        <ConversionPreview preview={preview} />
      </Dialog>
    );
  return (
    <Dialog
      onClose={close}
      size="widest"
      title="Encodings of all files"
      description={report === null ? "Examining the text files of the folder…" : summaryOf(report)}
    >
      {failure !== null && <Failure text={failure} />}
      <Done />
      {report === null ? <div className="encodings-empty" aria-busy={busy !== null} /> : <Files report={report} />}
    </Dialog>
  );
}

const Failure = ({ text }: { readonly text: string }) => (
  <p className="ui-bad" role="alert">
    {text}
  </p>
);

/** What the last conversion did, and its undo. */
function Done() {
  const { done, busy } = useEncodings();
  return (
    <div role="status" className="encodings-done">
      {done && (
        <>
          <p>
            {done.text}{" "}
            {done.token !== null && (
              <Button
                size="small"
                disabled={busy === "converting"}
                onClick={() => done.token !== null && void undoConversion(done.token)}
              >
                Undo
              </Button>
            )}
          </p>
          <LeftFiles left={done.left} title="These files stayed as they were:" />
        </>
      )}
    </div>
  );
}

function Files({ report }: { readonly report: EncodingReport }) {
  const { chosen, busy } = useEncodings();
  const [kind, setKind] = useState<Kind>("all");
  const [text, setText] = useState("");
  const wanted = useDeferredValue(text);
  const files = useMemo(() => shownRows(report.files, kind, wanted), [report, kind, wanted]);
  const choices = useMemo(
    () =>
      kinds.map((value) => ({
        value,
        title: `${kindTitles[value]} ${report.files.filter((file) => isOfKind(file, value)).length}`,
      })),
    [report],
  );
  const open = ({ path, first }: EncodedFileRow): void => {
    close();
    useSelection.getState().open(path, first?.line);
  };
  return (
    <>
      <div className="ui-row encodings-bar">
        <Choice label="Files to show" value={kind} choices={choices} onChange={setKind} />
        <input
          type="search"
          className="ui-field"
          aria-label="Filter paths"
          placeholder="Filter paths"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <span className="ui-spacer" />
        {busy === "examining" ? (
          <Button onClick={stopExamining}>Stop</Button>
        ) : (
          <Button disabled={busy !== null} onClick={() => void examine()}>
            <RepeatIcon />
            Check again
          </Button>
        )}
        <Button
          look="primary"
          disabled={chosen.size === 0 || busy !== null}
          aria-busy={busy === "previewing"}
          onClick={() => void previewConversion()}
        >
          {chosen.size === 0 ? "Convert to UTF-8…" : `Convert ${chosen.size} to UTF-8…`}
        </Button>
      </div>
      {files.length > 0 ? (
        <FileTable files={files} onOpen={open} />
      ) : (
        <div className="encodings-empty ui-empty">
          <strong>{report.files.length === 0 ? "The folder has no text files" : "No file matches the filter"}</strong>
          {report.files.length > 0 && <p>Show all files, or filter by another part of a path.</p>}
        </div>
      )}
    </>
  );
}
