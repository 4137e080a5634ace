// Dialogs that few people open, in one chunk.
import { AdoptDialog } from "../features/adopt/index.js";
import { AssistantsDialog } from "../features/assistants/index.js";
import { DeployDialog } from "../features/deploy/index.js";

export function SeldomDialogs() {
  return (
    <>
      <AssistantsDialog />
      <DeployDialog />
      <AdoptDialog />
    </>
  );
}
