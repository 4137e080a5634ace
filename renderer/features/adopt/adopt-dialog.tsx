// "Open a server's configuration": which one, what became of each of its lines, and the folder that serves like it.
import { useEffect, useState } from "react";
import type { AdoptedLine, AdoptReport } from "../../../server/contract/adopt-contract.js";
import { openFolder } from "../../model/folder/open-folder.js";
import { closeDialog, useDialogOpen } from "../../platform/dialogs.js";
import { notifyFailure } from "../../platform/notices.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { bridge } from "../../rpc/bridge.js";
import { problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { FormDialog } from "../../ui/dialog.js";
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
  const [refusal, setRefusal] = useState<string | null>(null);
  const found = useFound();
  const { why, isBusy, attempt, forget } = useAttempt(async () => {
    const source = { path: path.trim(), host: host.trim() };
    if (report === null) return setReport(await connected().adopt.read(source));
    const { folder } = await connected().adopt.keep(source);
    const problem = await openFolder(folder);
    if (problem === null) close();
    else setRefusal(problemText(problem));
  });
  const change = (set: (text: string) => void) => (text: string) => {
    set(text);
    setReport(null);
    setRefusal(null);
    forget();
  };
  const choosePath = change(setPath);
  const chooseHost = change(setHost);
  return (
    <FormDialog
      onClose={close}
      size={report === null ? "large" : "huge"}
      title="Open a server’s configuration"
      description="That of an Apache, lighttpd, nginx or BusyBox httpd, or a part of one. Nothing of it is changed."
      action={report === null ? "Read" : "Open"}
      isPossible={path.trim() !== ""}
      isBusy={isBusy}
      problem={why ?? refusal}
      onSubmit={attempt}
    >
      <div className="adopt-path">
        <label className="ui-column adopt-field">
          <span className="ui-dim">File or folder</span>
          <input
            className="ui-field ui-mono"
            required
            spellCheck={false}
            value={path}
            placeholder="/etc/apache2"
            onChange={(event) => choosePath(event.target.value)}
          />
        </label>
        {bridge && <Button onClick={() => void choose(choosePath)}>Choose folder…</Button>}
      </div>
      <div className="adopt-path">
        <label className="ui-column adopt-field">
          <span className="ui-dim">Programs and servers on this machine</span>
          <select
            className="ui-field"
            disabled={found.length === 0}
            value={found.includes(path) ? path : ""}
            onChange={(event) => choosePath(event.target.value)}
          >
            <option value="">{found.length === 0 ? "None found" : "Choose one"}</option>
            {found.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label className="ui-column adopt-field">
          <span className="ui-dim">Virtual host; empty: the first</span>
          <input
            className="ui-field ui-mono"
            spellCheck={false}
            value={host}
            onChange={(event) => chooseHost(event.target.value)}
          />
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

/** Configurations that this machine has. */
function useFound(): readonly string[] {
  const [found, setFound] = useState<readonly string[]>([]);
  useEffect(() => {
    let isLate = false;
    connected()
      .adopt.found()
      .then(
        (places) => !isLate && setFound(places),
        (error: unknown) => notifyFailure("The machine’s configurations are not known", error),
      );
    return () => {
      isLate = true;
    };
  }, []);
  return found;
}

async function choose(use: (folder: string) => void): Promise<void> {
  const chosen = await bridge?.chooseFolder();
  if (chosen != null) use(chosen);
}

function Part({ title, lines }: { readonly title: string; readonly lines: readonly AdoptedLine[] }) {
  if (lines.length === 0) return null;
  const rest = lines.length - maxShown;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="adopt-part" aria-label={`${title}: ${lines.length}`} tabIndex={0}>
      <h3>{`${title}: ${lines.length}`}</h3>
      <ul>
        {lines.slice(0, maxShown).map(({ file, line, text, message }) => (
          <li key={`${file}:${line}`}>
            <span className="ui-dim" title={file}>{`${file.replace(/^.*\//, "")}:${line}`}</span> <code>{text}</code>
            {message !== null && <p className="ui-dim">{message.text}</p>}
          </li>
        ))}
        {rest > 0 && <li className="ui-dim">{`${rest} more: cgi-workbench adopt lists them.`}</li>}
      </ul>
    </section>
  );
}
