// "Try the examples": where to copy them, what is in them, and which languages are missing.
import { useState } from "react";
import { closeSamplesDialog, useSamples } from "../../model/folder/samples-store.js";
import { RunningWork } from "../../platform/running-work.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { FormDialog } from "../../ui/dialog.js";
import { FolderField } from "./folder-field.js";
import { MissingLanguages } from "./missing-languages.js";
import { startExamples } from "./start-examples.js";
import "./samples.css";

export function StartDialog() {
  return useSamples(({ dialog }) => dialog === "start") ? <Start /> : null;
}

function Start() {
  const overview = useSamples((store) => store.overview);
  const failure = useSamples((store) => store.failure);
  const [folder, setFolder] = useState<string | null>(null);
  const path = folder ?? overview?.suggestedFolder ?? "";
  const { why, isBusy, attempt } = useAttempt(() => startExamples(path.trim()));
  return (
    <FormDialog
      onClose={closeSamplesDialog}
      size="large"
      title="Try the examples"
      description="They are copied to a folder of your own. Change anything; you can reset them."
      action="Copy and open"
      isBusy={isBusy}
      problem={why ?? failure}
      onSubmit={attempt}
    >
      <FolderField label="Folder for the examples" value={path} onChange={setFolder} isWrong={why !== null} />
      {overview && <MissingLanguages languages={overview.languages} />}
      <RunningWork />
    </FormDialog>
  );
}
