// Traces from a file: a capsule, a HAR file, or the JSON of a trace.
import { useRef, useState } from "react";
import { maxExchangedText } from "../../../server/contract/limits.js";
import { formatBytes } from "../../format/size.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { FormDialog } from "../../ui/dialog.js";

const close = (): void => closeDialog("open-traces");

export const OpenTracesDialog = () => (useDialogOpen("open-traces") ? <Opening /> : null);

function Opening() {
  const [file, setFile] = useState<File | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const choose = (chosen: File | null): void => {
    const isTooLarge = chosen !== null && chosen.size > maxExchangedText;
    setFile(isTooLarge ? null : chosen);
    setWhy(
      isTooLarge
        ? `${chosen.name} is larger than ${formatBytes(maxExchangedText)}. Import it with the command line.`
        : null,
    );
  };
  const open = async (): Promise<void> => {
    if (!file) return;
    setBusy(true);
    try {
      const ids = await connected().exchange.import({ name: file.name, text: await file.text() });
      close();
      showBottomTab("traces");
      const [first] = ids;
      if (first !== undefined) useSelection.getState().bringUp(first);
      notify(
        "info",
        ids.length === 1 ? `Opened the trace of ${file.name}.` : `Opened ${ids.length} traces of ${file.name}.`,
      );
    } catch (error) {
      setWhy(problemText(problemOf(error)));
      setBusy(false);
    }
  };
  return (
    <FormDialog
      title="Open capsule or HAR file"
      description="Its traces appear in the list, as if they had been recorded here. Nothing in the file is run."
      action="Open"
      isPossible={file !== null}
      isBusy={isBusy}
      problem={why}
      onClose={close}
      onSubmit={open}
    >
      <span>
        <input
          ref={input}
          type="file"
          className="ui-hidden"
          aria-label="File"
          tabIndex={-1}
          onChange={({ target }) => {
            choose(target.files?.[0] ?? null);
            target.value = ""; // choosing the same file again, changed since, is a choice too
          }}
        />
        <Button onClick={() => input.current?.click()}>Choose file…</Button>{" "}
        <span className="ui-dim">{file === null ? "none chosen" : `${file.name}, ${formatBytes(file.size)}`}</span>
      </span>
    </FormDialog>
  );
}
