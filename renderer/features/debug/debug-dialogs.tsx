// The debugger's questions: what a breakpoint is to do, and whether a request that may change something is sent again.
import { useState } from "react";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { breakpointAt, putBreakpoint } from "../../model/debug/breakpoints.js";
import { nameOf } from "../../model/documents/document.js";
import { closeDialog, useDialogSubject } from "../../platform/dialogs.js";
import { notifyFailure } from "../../platform/notices.js";
import { FormDialog } from "../../ui/dialog.js";
import { TextField } from "../../ui/text-field.js";

export const DebugDialogs = () => (
  <>
    <BreakpointDialog />
    <ByteOriginDialog />
  </>
);

/** A condition, and a message that is printed in place of a stop. */
function BreakpointDialog() {
  const subject = useDialogSubject("breakpoint");
  if (subject === null) return null;
  const [line = "", ...path] = subject.split(" ");
  return <Asking line={Number(line)} path={path.join(" ")} />;
}

function Asking({ line, path }: { readonly line: number; readonly path: string }) {
  const known = breakpointAt(path, line);
  const [condition, setCondition] = useState(known?.condition ?? "");
  const [message, setMessage] = useState(known?.logMessage ?? "");
  const field = (label: string, placeholder: string, value: string, onChange: (value: string) => void) => (
    <label>
      {label}
      <TextField className="debug-field" placeholder={placeholder} value={value} onChange={onChange} />
    </label>
  );
  return (
    <FormDialog
      title={`Breakpoint at line ${line} of ${nameOf(path)}`}
      action="Set"
      onClose={() => closeDialog("breakpoint")}
      onSubmit={() => {
        closeDialog("breakpoint");
        putBreakpoint(path, { line, condition: condition.trim(), logMessage: message.trim() });
      }}
    >
      {field("Only where this holds", "always; an expression of the script’s language", condition, setCondition)}
      {field("Print this in place of a stop", "nothing; what is in {braces} is evaluated", message, setMessage)}
    </FormDialog>
  );
}

function ByteOriginDialog() {
  const subject = useDialogSubject("byte-origin");
  if (subject === null) return null;
  const [method = "", traceId = "", stream = "", offset = ""] = subject.split(" ");
  return (
    <FormDialog
      title={`Send ${method} request #${numberOf(traceId)} again?`}
      description="Its script runs once more, and stops where the byte is written. What it stores, it stores twice."
      action="Send again"
      onClose={() => closeDialog("byte-origin")}
      onSubmit={async () => {
        closeDialog("byte-origin");
        try {
          const { sendForOrigin } = await import("./send-debugged.js");
          await sendForOrigin({ traceId, stream: stream === "stderr" ? "stderr" : "stdout", offset: Number(offset) });
        } catch (error) {
          notifyFailure("The request was not sent again", error);
        }
      }}
    />
  );
}
