// "Open a server's configuration": which one, what became of each of its lines, and the folder that serves like it.
import { useState } from "react";
import type { AdoptedLine, AdoptReport } from "../../../server/contract/adopt-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import { openFolder } from "../../model/folder/open-folder.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { FolderField } from "../../platform/folder-field.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { useLoaded } from "../../platform/use-loaded.js";
import { problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { FormDialog } from "../../ui/dialog.js";
import { ScrollRegion } from "../../ui/scroll-region.js";
import { Select } from "../../ui/select.js";
import { TextField } from "../../ui/text-field.js";
import "./adopt.css";

const close = (): void => closeDialog("adopt");
/** Longer parts of the report are cut: the command line has the whole. */
const maxShown = 500;
const parts = [
  { result: "left-out", title: "Left out" },
  { result: "approximated", title: "Approximated" },
  { result: "understood", title: "Understood" },
] as const;

export function AdoptDialog() {
  return useDialogOpen("adopt") ? <Adopt /> : null;
}

function Adopt() {
  const [path, setPath] = useState("");
  const [host, setHost] = useState("");
  const [report, setReport] = useState<AdoptReport | null>(null);
  /** What this machine has. */
  const { value, error } = useLoaded("found", (client, signal) => client.adopt.found(undefined, { signal }));
  const found = value ?? [];
  const { why, isBusy, attempt, forget } = useAttempt(async () => {
    const source = { path: path.trim(), host: host.trim() };
    if (report === null) return setReport(await connected().adopt.read(source));
    const { folder } = await connected().adopt.keep(source);
    const problem = await openFolder(folder);
    if (problem === null) close();
    return problem && problemText(problem);
  });
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setReport(null);
    forget();
  };
  const choosePath = change(setPath);
  const chooseHost = change(setHost);
  return (
    <FormDialog
      onClose={close}
      size={report === null ? "large" : "huge"}
      title="Open a server’s configuration"
      description="The configuration of Apache, lighttpd, nginx or BusyBox httpd, whole or in part. CGI Workbench reads it and changes nothing in it."
      action={report === null ? "Read" : "Open"}
      isPossible={path.trim() !== ""}
      isBusy={isBusy}
      problem={why ?? error}
      onSubmit={attempt}
    >
      <FolderField
        label="File or folder"
        value={path}
        placeholder="/etc/apache2"
        choice="Choose folder…"
        onChange={choosePath}
      />
      <div className="folder-field">
        <label className="ui-column folder-field-path">
          <span className="ui-dim">Programs and servers on this machine</span>
          <Select
            disabled={found.length === 0}
            value={found.includes(path) ? path : ""}
            choices={[
              { value: "", title: found.length === 0 ? "None found" : "Choose one" },
              ...found.map((one) => ({ value: one, title: one })),
            ]}
            onChange={choosePath}
          />
        </label>
        <label className="ui-column folder-field-path">
          <span className="ui-dim">Virtual host; empty: the first</span>
          <TextField value={host} onChange={chooseHost} />
        </label>
      </div>
      {report?.lines.length === 0 && <p>The configuration has no line that says anything.</p>}
      {report &&
        parts.map(({ result, title }) => (
          <Part key={result} title={title} lines={report.lines.filter((line) => line.result === result)} />
        ))}
    </FormDialog>
  );
}

function Part({ title, lines }: { readonly title: string; readonly lines: readonly AdoptedLine[] }) {
  if (lines.length === 0) return null;
  const rest = lines.length - maxShown;
  return (
    <ScrollRegion className="ui-box adopt-part" aria-label={`${title}: ${lines.length}`}>
      <h3>{`${title}: ${lines.length}`}</h3>
      <ul>
        {lines.slice(0, maxShown).map(({ file, line, text, message }) => (
          <li key={`${file}:${line}`}>
            <span className="ui-dim" title={file}>{`${file.replace(/^.*\//, "")}:${line}`}</span> <code>{text}</code>
            {message !== null && <p className="ui-dim">{wordsOf(message.text)}</p>}
          </li>
        ))}
        {rest > 0 && <li className="ui-dim">{`${rest} more: cgi-workbench adopt lists them.`}</li>}
      </ul>
    </ScrollRegion>
  );
}
