// A condition, and a message that is printed in place of a stop.
import { useState } from "react";
import { breakpointAt, putBreakpoint } from "../../model/debug/breakpoints.js";
import { nameOf } from "../../model/documents/document.js";
import { closeDialog, useDialogOpen, useDialogSubject } from "../../platform/dialogs.js";
import { FormDialog } from "../../ui/dialog.js";
import { TextField } from "../../ui/text-field.js";

const close = (): void => closeDialog("breakpoint");

export function BreakpointDialog() {
  const subject = useDialogSubject("breakpoint");
  const isOpen = useDialogOpen("breakpoint");
  if (!isOpen || subject === null) return null;
  const [line = "", ...path] = subject.split(" ");
  return <Asking line={Number(line)} path={path.join(" ")} />;
}

function Asking({ line, path }: { readonly line: number; readonly path: string }) {
  const known = breakpointAt(path, line);
  const [condition, setCondition] = useState(known?.condition ?? "");
  const [message, setMessage] = useState(known?.message ?? "");
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
      onClose={close}
      onSubmit={() => {
        close();
        const text = (typed: string): string | null => (typed.trim() === "" ? null : typed.trim());
        putBreakpoint(path, { line, condition: text(condition), message: text(message) });
      }}
    >
      {field("Only where this holds", "always; an expression of the script’s language", condition, setCondition)}
      {field("Print this in place of a stop", "nothing; what is in {braces} is evaluated", message, setMessage)}
    </FormDialog>
  );
}
