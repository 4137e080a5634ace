// Traces from a file (a capsule, a HAR file, the JSON of a trace), and collections of requests:
// chosen in a dialog, or dropped on the window.
import { useRef, useState } from "react";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { FormDialog } from "../../ui/dialog.js";
import { importFiles, whyNotImported } from "./import-files.js";
import { useFileDrop } from "./use-file-drop.js";
import "./exchange.css";
import { useWhy } from "../../platform/use-why.js";

const close = (): void => closeDialog("open-traces");

export function OpenTracesDialog() {
  const isOpen = useDialogOpen("open-traces");
  const isOver = useFileDrop();
  return (
    <>
      {isOpen && <Opening />}
      {isOver && (
        <div className="ui-strong exchange-drop" role="status">
          Drop to open: a capsule, a HAR file, or a collection of Postman, Insomnia or Bruno
        </div>
      )}
    </>
  );
}

function Opening() {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [isBusy, setBusy] = useState(false);
  const isShown = useIsShown();
  const [why, setWhy] = useWhy();
  const input = useRef<HTMLInputElement>(null);
  const choose = (chosen: readonly File[]): void => {
    const mistake = whyNotImported(chosen);
    setFiles(mistake === null ? chosen : []);
    setWhy(mistake);
  };
  const open = async (): Promise<void> => {
    setBusy(true);
    try {
      await importFiles(files);
      if (isShown()) close();
    } catch (error) {
      setWhy(problemText(problemOf(error)));
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title="Open capsule, HAR file or collection"
      description="Traces appear in the list, as if they had been recorded here. A collection of Postman, Insomnia or Bruno becomes a .http file. Nothing in the file is run."
      action="Open"
      isPossible={files.length > 0}
      isBusy={isBusy}
      problem={why}
      onClose={close}
      onSubmit={open}
    >
      <span>
        <input
          ref={input}
          type="file"
          multiple
          className="ui-hidden"
          aria-label="Files"
          tabIndex={-1}
          onChange={({ target }) => {
            choose([...(target.files ?? [])]);
            target.value = ""; // choosing the same file again, changed since, is a choice too
          }}
        />
        <Button onClick={() => input.current?.click()}>Choose files…</Button>{" "}
        <span className="ui-dim">
          {files.length === 0 ? "No files chosen" : files.map(({ name }) => name).join(", ")}
        </span>
      </span>
    </FormDialog>
  );
}
