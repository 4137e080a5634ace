// Before a trace is saved as a file: which secrets it has, and whether the file gets them.
import { useState } from "react";
import { type SavedForm, savedForms } from "../../../server/contract/saved-forms.js";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { closeDialog, useDialogSubject } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { saveFile } from "../../platform/save-file.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { connected } from "../../rpc/store.js";
import { Check } from "../../ui/check.js";
import { FormDialog } from "../../ui/dialog.js";

interface FormTexts {
  readonly title: string;
  readonly description: string;
  readonly action: string;
  readonly ending: string;
  /** What masking costs; null: nothing. */
  readonly masked: string | null;
}

const texts: Readonly<Record<SavedForm, FormTexts>> = {
  capsule: {
    title: "Export as capsule",
    description:
      "One sh script that starts the script again, with the same environment, arguments and stdin, and compares the output.",
    action: "Save capsule",
    ending: ".capsule.sh",
    masked: "A capsule without them compares nothing.",
  },
  har: {
    title: "Save as HAR",
    description: "A HAR 1.2 file, for browsers’ developer tools and other programs.",
    action: "Save HAR",
    ending: ".har",
    masked: null,
  },
  html: {
    title: "Export page",
    description: "One HTML page that any browser shows without CGI Workbench, for a ticket or a class.",
    action: "Save page",
    ending: ".html",
    masked: null,
  },
};

const close = (): void => closeDialog("export");

export function ExportDialog() {
  const [form, id] = useDialogSubject("export")?.split(" ", 2) ?? [];
  const known = savedForms.find((name) => name === form);
  return known !== undefined && id !== undefined ? <Exporting form={known} id={id} /> : null;
}

function Exporting({ form, id }: { readonly form: SavedForm; readonly id: string }) {
  const { title, description, action, ending, masked } = texts[form];
  const { value: secrets, error } = useLoaded(id, (client, signal) => client.exchange.secrets({ id }, { signal }));
  const [isMasked, setMasked] = useState(form !== "capsule");
  const isShown = useIsShown();
  const { why, isBusy, attempt } = useAttempt(async () => {
    const text = await connected().exchange.export({ id, form, isMasked });
    saveFile(`trace-${numberOf(id)}${ending}`, [text]);
    if (isShown()) close();
    notify("info", `Saved #${numberOf(id)} as a file.`);
  });
  return (
    <FormDialog
      title={title}
      description={description}
      action={action}
      isPossible={secrets !== null}
      isBusy={isBusy}
      problem={why ?? error}
      onClose={close}
      onSubmit={attempt}
    >
      {secrets !== null && secrets.length > 0 && (
        <>
          <p>
            The trace has secrets: <span className="ui-mono">{secrets.join(", ")}</span>
          </p>
          <Check isOn={isMasked} onChange={setMasked}>
            Replace their values
          </Check>
          {isMasked && masked !== null && <p className="ui-dim">{masked}</p>}
          {!isMasked && <p className="ui-warn">The file will have their values.</p>}
        </>
      )}
      {secrets?.length === 0 && <p className="ui-dim">No secrets were found under the usual names.</p>}
    </FormDialog>
  );
}
