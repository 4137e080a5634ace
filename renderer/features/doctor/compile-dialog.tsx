// Compiles the open C or C++ source: the command first, then what the compiler says.
import { useState } from "react";
import type { CompilerMessage } from "../../../server/contract/compile-contract.js";
import { closeDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { useAttempt } from "../../platform/use-attempt.js";
import { FormDialog } from "../../ui/dialog.js";
import { CommandLine, CompilerMessages, compile, compiledNotice, useCompilePlan } from "./compile.js";
import "./doctor.css";

const close = (): void => closeDialog("compile");

export function CompileDialog() {
  const path = useDialogSubject("compile");
  return useDialogOpen("compile") && path !== null ? <Compiling path={path} /> : null;
}

function Compiling({ path }: { readonly path: string }) {
  const { value: plan, error } = useCompilePlan(path, false);
  const [messages, setMessages] = useState<readonly CompilerMessage[]>([]);
  const noCompiler =
    plan?.command === null ? "There is no C or C++ compiler on this machine. Install one, then try again." : null;
  const { why, isBusy, attempt } = useAttempt(async () => {
    if (!plan) return;
    const { messages: said, undo } = await compile(path, false);
    setMessages(said);
    if (undo) compiledNotice(plan, undo);
    if (undo && said.length === 0) close();
  });
  return (
    <FormDialog
      title={`Compile ${path}`}
      description={plan ? `The program is ${plan.program}. An earlier one comes back with Undo.` : ""}
      action="Compile"
      isPossible={(plan?.command ?? null) !== null}
      isBusy={isBusy}
      problem={why ?? error ?? noCompiler}
      onClose={close}
      onSubmit={attempt}
    >
      {plan?.command && <CommandLine words={plan.command} />}
      <CompilerMessages messages={messages} onOpen={close} />
    </FormDialog>
  );
}
