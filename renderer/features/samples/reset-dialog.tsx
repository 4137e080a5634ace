// Putting the examples back as they were: says what would be lost before anything is.
import { useState } from "react";
import { closeSamplesDialog, lookAtFolder, useSamples } from "../../model/folder/samples-store.js";
import { notify } from "../../platform/notices.js";
import { orCalledOff, withProgress } from "../../platform/progress.js";
import { RunningWork } from "../../platform/running-work.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useServer } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import "./samples.css";

export function ResetDialog() {
  return useSamples(({ dialog }) => dialog === "reset") ? <Reset /> : null;
}

function Reset() {
  const changes = useSamples((store) => store.changes);
  const [why, setWhy] = useState<string | null>(null);
  const isAsItWas = changes !== null && changes.changed.length + changes.missing.length === 0 && !changes.hasData;
  const reset = async (): Promise<void> => {
    setWhy(null);
    try {
      const restored =
        (
          await withProgress("Putting the examples back", (signal) =>
            orCalledOff(signal, useServer.getState().client?.samples.reset(undefined, { signal })),
          )
        )?.restored ?? 0;
      closeSamplesDialog();
      await lookAtFolder();
      notify(
        "info",
        restored === 1 ? "One file was put back as it was." : `${restored} files were put back as they were.`,
      );
    } catch (error) {
      setWhy(problemText(problemOf(error)));
    }
  };
  return (
    <FormDialog
      onClose={closeSamplesDialog}
      title="Reset the examples?"
      description={
        isAsItWas
          ? "Everything is as it was: there is nothing to put back."
          : "What you changed in the files below is lost. Files that you made yourself stay."
      }
      action="Put back"
      isDangerous
      isPossible={changes !== null && !isAsItWas}
      problem={why}
      onSubmit={reset}
    >
      <RunningWork />
      {changes && !isAsItWas && (
        <ul className="samples-changes" aria-label="What changes">
          {changes.changed.map((path) => (
            <li key={path}>
              <span className="ui-mono">{path}</span> <span className="ui-dim">edited</span>
            </li>
          ))}
          {changes.missing.map((path) => (
            <li key={path}>
              <span className="ui-mono">{path}</span> <span className="ui-dim">missing</span>
            </li>
          ))}
          {changes.hasData && <li>What the scripts stored: guestbook entries, sessions</li>}
        </ul>
      )}
    </FormDialog>
  );
}
