// Asks under which name and in which file a request is kept, and what its response must be.
import { useState } from "react";
import { useFiles } from "../../model/folder/file-store.js";
import { isRequestFile } from "../../model/request/request-files.js";
import { type SaveSubject, useSaveSubject } from "../../model/request/save-subject.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useIsShown } from "../../platform/use-is-shown.js";
import { connected } from "../../rpc/store.js";
import { Autocomplete } from "../../ui/autocomplete.js";
import { Check } from "../../ui/check.js";
import { FormDialog } from "../../ui/dialog.js";
import "./saved.css";

export function SaveDialog() {
  const isOpen = useDialogOpen("save-request");
  const subject = useSaveSubject((store) => store.subject);
  return isOpen && subject !== null ? <Asking subject={subject} /> : null;
}

/** "status", "field", "stderr": what is not asserted of one of several requests is asserted of none. */
const kindOf = (assertion: string): string => assertion.split(" ", 1)[0] ?? "";

const close = (): void => closeDialog("save-request");
/** Where the last one was kept. */
let lastPath: string | null = null;

function Asking({ subject }: { readonly subject: SaveSubject }) {
  const files = useFiles(({ entries }) => entries)
    .filter(({ kind, path }) => kind === "file" && isRequestFile(path))
    .map(({ path }) => path);
  const [name, setName] = useState(subject.name);
  const [path, setPath] = useState(() => [lastPath, files[0]].find((one) => one != null) ?? "requests.http");
  const [chosen, setChosen] = useState<readonly string[]>(subject.proposed);
  const [keepsSecrets, setKeepsSecrets] = useState(false);
  const isShown = useIsShown();
  const { why, isBusy, attempt } = useAttempt(async () => {
    const file = path.trim().replace(/^\/+/, "");
    const dropped = subject.proposed.filter((one) => !chosen.includes(one)).map(kindOf);
    const save = ({ source, name, proposed }: Pick<SaveSubject, "source" | "name" | "proposed">) => {
      const assertions = proposed.filter((one) => !dropped.includes(kindOf(one)));
      return connected().saved.save({ source, path: file, name, assertions, keepsSecrets });
    };
    const { line } = await save({ ...subject, name });
    for (const other of subject.others ?? []) await save(other);
    lastPath = file;
    if (isShown()) close();
    showBottomTab("saved");
    notify("info", `Saved “${name}” in ${file}.`, {
      title: "Open file",
      run: () => useSelection.getState().open(file, line),
    });
  });
  return (
    <FormDialog
      onClose={close}
      title={subject.others?.length ? `Save ${subject.others.length + 1} requests` : "Save request"}
      description="Adds the request to a .http file, which many editors can send and git can compare."
      action="Save"
      isPossible={name.trim() !== "" && isRequestFile(path.trim())}
      isBusy={isBusy}
      problem={why}
      onSubmit={attempt}
    >
      {subject.note !== undefined && <p className="ui-warn">{subject.note}</p>}
      <label className="ui-row saved-field">
        <span>Name</span>
        <input
          className="ui-field"
          value={name}
          required
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <div className="ui-row saved-field">
        <span aria-hidden="true">File</span>
        <Autocomplete
          label="Request file"
          value={path}
          onChange={setPath}
          suggestions={files}
          className="ui-mono"
          invalid={!isRequestFile(path.trim())}
        />
      </div>
      {subject.proposed.length > 0 && (
        <fieldset className="ui-column saved-proposed">
          <legend className="ui-label">Its response must have</legend>
          {subject.proposed.map((assertion) => (
            <Check
              key={assertion}
              isOn={chosen.includes(assertion)}
              onChange={(isOn) => setChosen(isOn ? [...chosen, assertion] : chosen.filter((one) => one !== assertion))}
            >
              <code className="ui-mono">{assertion}</code>
            </Check>
          ))}
        </fieldset>
      )}
      {subject.hasSecrets && (
        <Check isOn={keepsSecrets} onChange={setKeepsSecrets}>
          Keep headers with secrets, such as Authorization and Cookie, in the file
        </Check>
      )}
    </FormDialog>
  );
}
