// The dialogs of the examples, in one chunk.

import { useState } from "react";
import { openAndWait } from "../../model/folder/opened.js";
import { closeSamplesDialog, lookAtFolder, useSamples } from "../../model/folder/samples-store.js";
import { FolderField } from "../../platform/folder-field.js";
import { notify } from "../../platform/notices.js";
import { orCancelled, withProgress } from "../../platform/progress.js";
import { RunningWork } from "../../platform/running-work.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { connected, useClient } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import { CatalogueDialog } from "./catalogue-dialog.js";
import { MissingLanguages } from "./missing-languages.js";
import { NewScriptDialog } from "./new-script-dialog.js";
import { ResetDialog } from "./reset-dialog.js";
import { showExample } from "./show-example.js";
import "./samples.css";

export function SamplesDialogs() {
  return (
    <>
      <StartDialog />
      <CatalogueDialog />
      <ResetDialog />
      <NewScriptDialog />
    </>
  );
}

// "Try the examples": where to copy them, what is in them, and which languages are missing.
function StartDialog() {
  return useSamples(({ dialog }) => dialog === "start") ? <Start /> : null;
}

function Start() {
  const overview = useSamples((store) => store.overview);
  const failure = useSamples((store) => store.failure);
  const [folder, setFolder] = useState<string | null>(null);
  const client = useClient();
  const isLookedAt = overview !== null || failure !== null || client === null;
  const path = folder ?? overview?.suggestedFolder ?? "";
  const { why, isBusy, attempt } = useAttempt(() => startExamples(path.trim()));
  return (
    <FormDialog
      onClose={closeSamplesDialog}
      size="large"
      title="Try the examples"
      description="They are copied to a folder of your own. Change anything; you can reset them."
      action="Copy and open"
      isPossible={isLookedAt}
      isBusy={isBusy}
      problem={why ?? failure}
      onSubmit={attempt}
    >
      <FolderField label="Folder for the examples" value={path} onChange={setFolder} isWrong={why !== null} />
      {overview && <MissingLanguages languages={overview.languages} />}
      {!isLookedAt && <p className="ui-dim">Looking for the languages of the examples…</p>}
      <RunningWork />
    </FormDialog>
  );
}

/** Rejects with what went wrong, for the dialog to say. */
async function startExamples(folder: string): Promise<void> {
  const client = connected();
  const { root, isNew, notCompiled } = await withProgress(`Copying the examples to ${folder}`, (signal) =>
    orCancelled(signal, client.samples.copy({ folder }, { signal })),
  );
  await openAndWait(root);
  closeSamplesDialog();
  await lookAtFolder();
  if (!isNew) notify("info", "The examples were already there. Your changes were kept.");
  if (notCompiled !== null) notify("bad", notCompiled);
  const first = useSamples.getState().overview?.samples[0];
  if (first) await showExample(first, first.requests[0], true);
}
