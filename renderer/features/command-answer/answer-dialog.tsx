// The answer of one of the folder's own commands: a page, a text, or a change of files that is shown before it is made.
import { hasEdits } from "../../model/documents/document-store.js";
import { useOwnCommands } from "../../model/folder/own-commands.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { notify, orNotify } from "../../platform/notices.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { windowMessage } from "../../rpc/messages.js";
import { connected } from "../../rpc/store.js";
import { Dialog, FormDialog } from "../../ui/dialog.js";
import "../doctor/doctor.css";
import { framedAnswer } from "./framed-answer.js";
import "./command-answer.css";

type Shown = NonNullable<ReturnType<typeof useOwnCommands.getState>["shown"]>;
type ShownChange = Extract<Shown["answer"], { kind: "change" }>;

const ChangeView = lazyPart(async () => (await import("../doctor/change-view.js")).ChangeView);

const close = (): void => closeDialog("command-answer");

export function AnswerDialog() {
  const shown = useOwnCommands((own) => own.shown);
  if (!useDialogOpen("command-answer") || shown === null) return null;
  const { answer, ...about } = shown;
  if (answer.kind === "change") return <ChangeAnswer answer={answer} {...about} />;
  return (
    <Dialog onClose={close} size="huge" title={about.title}>
      {answer.kind === "page" ? (
        <iframe className="own-page" title="Answer" sandbox="" srcDoc={framedAnswer(answer.html)} />
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        <pre className="ui-box ui-mono ui-scroll" tabIndex={0}>
          {answer.text}
        </pre>
      )}
    </Dialog>
  );
}

function ChangeAnswer({ root, title, answer }: Omit<Shown, "answer"> & { readonly answer: ShownChange }) {
  const { changes, patch } = answer;
  const { why, isBusy, attempt } = useAttempt(async () => {
    const edited = changes.find(({ path }) => hasEdits(path));
    if (edited) return windowMessage("unsaved-edits", { path: edited.path }).text;
    const expected = changes.flatMap((change) =>
      change.kind === "text" ? [{ path: change.path, hash: change.hash }] : [],
    );
    const { token } = await connected().ownCommands.apply({ root, patch, expected });
    close();
    const undo = (): void => void orNotify("Could not undo the change", () => connected().doctor.undo({ token }));
    notify("info", `${title}: changed ${changes.map(({ path }) => path).join(", ")}.`, { title: "Undo", run: undo });
    return null;
  });
  return (
    <FormDialog
      onClose={close}
      size="huge"
      title={title}
      description="The command would change these files. Nothing is changed yet."
      action="Change files"
      isBusy={isBusy}
      problem={why}
      onSubmit={attempt}
    >
      {changes.map((change) => (
        <ChangeView key={change.path} change={change} />
      ))}
    </FormDialog>
  );
}
