// Records what a command answers that this machine does not have, and sends the request again.

import { useState } from "react";
import { commandLine } from "../../../server/contract/recorded-answers.js";
import type { Finding } from "../../../server/contract/trace.js";
import { notifyFailure } from "../../platform/notices.js";
import { useWhy } from "../../platform/use-why.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { prove } from "./apply-fix.js";
import { useProof } from "./proof-store.js";

interface RecordAnswerProps {
  /** The command with its arguments. */
  readonly line: string;
  readonly finding: Finding;
  readonly traceId: string;
}

export function RecordAnswer({ line, finding: { rule, title }, traceId }: RecordAnswerProps) {
  const [isOpen, setOpen] = useState(false);
  const [command, setCommand] = useState(line);
  const [stdout, setStdout] = useState("");
  const [exitCode, setExitCode] = useState(0);
  const [readsStdin, setReadsStdin] = useState(line.startsWith("sendmail"));
  const [isBusy, setBusy] = useState(false);
  const [why, setWhy] = useWhy();
  if (!isOpen)
    return (
      <div className="doctor-fixes">
        <Button size="small" onClick={() => setOpen(true)}>
          Record an answer…
        </Button>
      </div>
    );
  const record = async (): Promise<void> => {
    const { token } = await connected().doctor.recordAnswer({ command: command.trim(), stdout, exitCode, readsStdin });
    const undo = (): void =>
      void connected()
        .doctor.undo({ token })
        .then(
          () => useProof.setState({ proof: null }),
          (error: unknown) => notifyFailure("Could not undo the recording", error),
        );
    await prove({ fix: { title: "Record an answer" }, finding: { rule, title }, traceId }, undo);
  };
  const send = (): void => {
    setBusy(true);
    setWhy(null);
    record()
      .catch((error: unknown) => setWhy(problemText(problemOf(error))))
      .finally(() => setBusy(false));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" className="doctor-fix doctor-record" aria-label="Record an answer">
      <p>The answer stays in the folder. A command that is installed goes before it.</p>
      <label>
        Command, * matches anything
        <input className="ui-field ui-mono" value={command} onChange={({ target }) => setCommand(target.value)} />
      </label>
      <label>
        What it prints
        <textarea
          className="ui-field ui-mono"
          rows={3}
          // biome-ignore lint/a11y/noAutofocus: the button that opened it is gone
          autoFocus
          spellCheck={false}
          value={stdout}
          onChange={({ target }) => setStdout(target.value)}
        />
      </label>
      <div className="doctor-fixes">
        <label>
          Exit code{" "}
          <input
            className="ui-field ui-num"
            type="number"
            min={0}
            max={255}
            value={exitCode}
            onChange={({ target }) => setExitCode(Math.min(255, Math.max(0, Math.trunc(Number(target.value)))))}
          />
        </label>
        <label>
          <input type="checkbox" checked={readsStdin} onChange={({ target }) => setReadsStdin(target.checked)} /> It
          reads its standard input
        </label>
      </div>
      <Alert>{why}</Alert>
      <div className="doctor-fixes">
        <Button size="small" look="primary" disabled={isBusy || !commandLine.test(command.trim())} onClick={send}>
          Record and send again
        </Button>
        <Button size="small" disabled={isBusy} onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
