// Dialogs that few people open, in one chunk.
import { AdoptDialog } from "../features/adopt/index.js";
import { AssistantsDialog } from "../features/assistants/index.js";
import { AnswerDialog } from "../features/command-answer/index.js";
import { DeployDialog } from "../features/deploy/index.js";

export function SeldomDialogs() {
  return (
    <>
      <AssistantsDialog />
      <DeployDialog />
      <AdoptDialog />
      <AnswerDialog />
    </>
  );
}
