// Records what a command answers that this machine does not have, and sends the request again.

import { useState } from "react";
import { wordsOf } from "../../../server/contract/message.js";
import { commandLine } from "../../../server/contract/recorded-answers.js";
import type { Finding } from "../../../server/contract/trace.js";
import { orNotify } from "../../platform/notices.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { connected } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { Check } from "../../ui/check.js";
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
  const { why, isBusy, attempt } = useAttempt(async () => {
    const { token } = await connected().doctor.recordAnswer({ command: command.trim(), stdout, exitCode, readsStdin });
    const undo = (): void =>
      void orNotify("Could not undo the recording", async () => {
        await connected().doctor.undo({ token });
        useProof.setState({ proof: null });
      });
    await prove({ fix: { title: "Record an answer" }, finding: { rule, title: wordsOf(title) }, traceId }, undo);
  });
  if (!isOpen)
    return (
      <div className="doctor-fixes">
        <Button size="small" onClick={() => setOpen(true)}>
          Record an answer…
        </Button>
      </div>
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" className="ui-stack doctor-fix doctor-record" aria-label="Record an answer">
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
        <Check isOn={readsStdin} onChange={setReadsStdin}>
          It reads its standard input
        </Check>
      </div>
      <Alert>{why}</Alert>
      <div className="doctor-fixes">
        <Button size="small" look="primary" disabled={isBusy || !commandLine.test(command.trim())} onClick={attempt}>
          Record and send again
        </Button>
        <Button size="small" disabled={isBusy} onClick={() => setOpen(false)}>
          Cancel
        </Button>
      </div>
    </div>
  );
}
