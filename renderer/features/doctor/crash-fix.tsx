// A signal ended a compiled program: where its source is in the folder, it is compiled with the address sanitizer and
// the request sent again, so that the next finding has the line. Without a compiler a debugger names the calls.

import { useState } from "react";
import type { CompilerMessage, Frame } from "../../../server/contract/compile-contract.js";
import { wordsOf } from "../../../server/contract/message.js";
import type { Finding } from "../../../server/contract/trace.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { connected } from "../../rpc/store.js";
import { Alert } from "../../ui/alert.js";
import { Button } from "../../ui/button.js";
import { prove } from "./apply-fix.js";
import { CommandLine, CompilerMessages, compile, useCompilePlan } from "./compile.js";
import { FilePlace } from "./evidence.js";
import { useProof } from "./proof-store.js";

interface CrashFixProps {
  /** The program's, in the workspace. */
  readonly path: string;
  readonly finding: Finding;
  readonly traceId: string;
}

const fixTitle = "Compile with -fsanitize=address";

export function CrashFix({ path, finding: { rule, title }, traceId }: CrashFixProps) {
  const { value: plan, error } = useCompilePlan(path, true);
  const [isOpen, setOpen] = useState(false);
  const [messages, setMessages] = useState<readonly CompilerMessage[]>([]);
  const [frames, setFrames] = useState<readonly Frame[]>([]);
  const { why, isBusy, attempt } = useAttempt((work: () => Promise<void>) => work());
  if (error !== null) return <Alert>{error}</Alert>;
  if (!plan || (plan.command === null && plan.debugger === null)) return null;
  const compileAndSend = async (): Promise<void> => {
    const compiled = await compile(path, true, () => useProof.setState({ proof: null }));
    setMessages(compiled.messages);
    if (compiled.undo)
      await prove(
        { fix: { title: fixTitle }, finding: { rule, title: wordsOf(title) }, traceId, seeks: "address-sanitizer" },
        compiled.undo,
      );
  };
  const findCalls = async (): Promise<void> => setFrames((await connected().doctor.frames({ traceId })).frames);
  return (
    <div className="doctor-fix-parts">
      {plan.command === null ? (
        <Button size="small" look="primary" disabled={isBusy} onClick={() => attempt(findCalls)}>
          Find the line with {plan.debugger}
        </Button>
      ) : isOpen ? (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
        <div role="group" className="ui-stack doctor-fix" aria-label={fixTitle}>
          <p>The program that crashed is kept, and comes back with Undo.</p>
          <CommandLine words={plan.command} />
          <CompilerMessages messages={messages} />
          <div className="doctor-fixes">
            <Button size="small" look="primary" disabled={isBusy} onClick={() => attempt(compileAndSend)}>
              Compile and send again
            </Button>
            <Button size="small" disabled={isBusy} onClick={() => setOpen(false)}>
              Cancel
            </Button>
          </div>
        </div>
      ) : (
        <Button size="small" look="primary" onClick={() => setOpen(true)}>
          {fixTitle} and send again…
        </Button>
      )}
      <Alert>{why}</Alert>
      <Calls frames={frames} />
    </div>
  );
}

function Calls({ frames }: { readonly frames: readonly Frame[] }) {
  if (frames.length === 0) return null;
  return (
    <ol className="ui-small ui-wrap doctor-messages" aria-label="The calls that led to the signal, the innermost first">
      {frames.map(({ function: name, path, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the calls keep their order
        <li key={index}>
          <code className="ui-mono">{name}</code>{" "}
          {path === null || line === null ? (
            <span className="ui-dim">no line: the program was compiled without -g</span>
          ) : (
            <FilePlace path={path} line={line} />
          )}
        </li>
      ))}
    </ol>
  );
}
