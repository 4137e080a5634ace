// The dialogs of the examples, in one chunk.
import { CatalogueDialog } from "./catalogue-dialog.js";
import { NewScriptDialog } from "./new-script-dialog.js";
import { ResetDialog } from "./reset-dialog.js";
import { StartDialog } from "./start-dialog.js";

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
