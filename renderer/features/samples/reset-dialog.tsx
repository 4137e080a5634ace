// Resets the examples. Lists what will be lost before anything is changed.
import { closeSamplesDialog, lookAtFolder, useSamples } from "../../model/folder/samples-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { notify } from "../../platform/notices.js";
import { orCancelled, withProgress } from "../../platform/progress.js";
import { RunningWork } from "../../platform/running-work.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { connected } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import "./samples.css";

export function ResetDialog() {
  return useSamples(({ dialog }) => dialog === "reset") ? <Reset /> : null;
}

function Reset() {
  const changes = useSamples((store) => store.changes);
  const root = useWorkspace(({ workspace }) => workspace?.root ?? null);
  const isShown = useIsShown();
  const isAsItWas = changes !== null && changes.changed.length + changes.missing.length === 0 && !changes.hasData;
  const { why, isBusy, attempt } = useAttempt(async () => {
    const client = connected();
    const answer = await withProgress("Resetting the examples", (signal) =>
      orCancelled(signal, client.samples.reset({ root }, { signal })),
    );
    const restored = answer?.restored ?? 0;
    if (isShown()) closeSamplesDialog();
    await lookAtFolder();
    notify("info", restored === 1 ? "Reset 1 file." : `Reset ${restored} files.`);
  });
  return (
    <FormDialog
      onClose={closeSamplesDialog}
      title="Reset the examples?"
      description={
        isAsItWas
          ? "The examples are unchanged. There is nothing to reset."
          : "The files below differ from the examples of this version. Reset replaces them: your changes to them are lost. Files that you created are kept."
      }
      action="Reset"
      isDangerous
      isPossible={changes !== null && !isAsItWas}
      isBusy={isBusy}
      problem={why}
      onSubmit={attempt}
    >
      <RunningWork />
      {changes && !isAsItWas && (
        <ul className="samples-changes" aria-label="What changes">
          {changes.changed.map((path) => (
            <li key={path}>
              <span className="ui-mono">{path}</span> <span className="ui-dim">differs</span>
            </li>
          ))}
          {changes.missing.map((path) => (
            <li key={path}>
              <span className="ui-mono">{path}</span> <span className="ui-dim">missing</span>
            </li>
          ))}
          {changes.hasData && <li>Data the scripts stored: guestbook entries, sessions</li>}
        </ul>
      )}
    </FormDialog>
  );
}
