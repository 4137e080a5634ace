// "Try the examples": where to copy them, what is in them, and which languages are missing.
import { type FormEvent, useEffect, useId, useState } from "react";
import { closeSamplesDialog, useSamples } from "../../model/folder/samples-store.js";
import { RunningWork } from "../../platform/running-work.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { Dialog } from "../../ui/dialog.js";
import { FolderField } from "./folder-field.js";
import { MissingLanguages } from "./missing-languages.js";
import { startExamples } from "./start-examples.js";
import "./samples.css";

export function StartDialog() {
  const isOpen = useSamples(({ dialog }) => dialog === "start");
  const form = useId();
  const [isBusy, setBusy] = useState(false);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closeSamplesDialog}
      size="large"
      title="Try the examples"
      description="They are copied into a folder of yours: change them as you like, they can be put back as they were."
      actions={
        <>
          <Button onClick={closeSamplesDialog}>Cancel</Button>
          <Button look="primary" type="submit" form={form} disabled={isBusy} aria-busy={isBusy}>
            Copy and open
          </Button>
        </>
      }
    >
      {isOpen && <Form id={form} onBusy={setBusy} />}
      {isOpen && <RunningWork />}
    </Dialog>
  );
}

function Form({ id, onBusy }: { readonly id: string; readonly onBusy: (isBusy: boolean) => void }) {
  const overview = useSamples((store) => store.overview);
  const failure = useSamples((store) => store.failure);
  const [folder, setFolder] = useState<string | null>(null);
  const [why, setWhy] = useState<string | null>(null);
  const path = folder ?? overview?.suggestedFolder ?? "";
  useEffect(() => () => onBusy(false), [onBusy]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    onBusy(true);
    setWhy(null);
    try {
      await startExamples(path.trim());
    } catch (error) {
      setWhy(problemText(problemOf(error)));
    } finally {
      onBusy(false);
    }
  };
  return (
    <form id={id} className="samples-form" onSubmit={(event) => void submit(event)}>
      <FolderField label="Folder for the examples" value={path} onChange={setFolder} isWrong={why !== null} />
      {(why ?? failure) !== null && (
        <p className="ui-bad" role="alert">
          {why ?? failure}
        </p>
      )}
      {overview && <MissingLanguages languages={overview.languages} />}
    </form>
  );
}
