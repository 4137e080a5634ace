// Traces from a file (a capsule, a HAR file, the JSON of a trace), and collections of requests:
// chosen in a dialog, or dropped on the window.
import { useRef, useState } from "react";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { Button } from "../../ui/button.js";
import { FormDialog } from "../../ui/dialog.js";
import { importFiles, whyNotImported } from "./import-files.js";
import { useFileDrop } from "./use-file-drop.js";
import "./exchange.css";

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
  const [mistake, setMistake] = useState<string | null>(null);
  const isShown = useIsShown();
  const input = useRef<HTMLInputElement>(null);
  const { why, isBusy, attempt, forget } = useAttempt(async () => {
    await importFiles(files);
    if (isShown()) close();
  });
  const choose = (chosen: readonly File[]): void => {
    const found = whyNotImported(chosen);
    setFiles(found === null ? chosen : []);
    setMistake(found);
    forget();
  };
  return (
    <FormDialog
      title="Open capsule, HAR file or collection"
      description="Traces appear in the list, as if they had been recorded here. A collection of Postman, Insomnia or Bruno becomes a .http file. Nothing in the file is run."
      action="Open"
      isPossible={files.length > 0}
      isBusy={isBusy}
      problem={mistake ?? why}
      onClose={close}
      onSubmit={attempt}
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
