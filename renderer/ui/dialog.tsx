// A modal window, for what needs an answer before anything else. It is rendered while it is open, so that its fields
// begin empty each time. The focus stays inside, Escape closes it, and then the focus goes back to where it was.

import { Dialog as Base } from "@base-ui/react/dialog";
import { type FormEvent, type ReactNode, useId } from "react";
import { Alert } from "./alert.js";
import { Button } from "./button.js";
import { useFirstFocus } from "./use-first-focus.js";
import "./dialog.css";

interface DialogProps {
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly size?: "small" | "large" | "huge" | "widest";
  /** The buttons, from left to right; the one that Enter activates last. Without any there is "Close". */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Dialog({ onClose, title, description, size = "small", actions, children }: DialogProps) {
  const first = useFirstFocus();
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="ui-backdrop" />
        <Base.Popup ref={first.popup} initialFocus={first.find} className={`ui-dialog ui-dialog-${size}`}>
          <Base.Title className="ui-dialog-title">{title}</Base.Title>
          {description !== undefined && <Base.Description className="ui-dim">{description}</Base.Description>}
          {children}
          <div ref={first.actions} className="ui-dialog-actions">
            {actions ?? (
              <Button data-close onClick={onClose}>
                Close
              </Button>
            )}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

interface FormDialogProps extends Omit<DialogProps, "actions"> {
  /** The title of the button beside "Cancel", a verb. Enter does the same. */
  readonly action: string;
  readonly isDangerous?: boolean;
  /** False: the form cannot be submitted as it is. */
  readonly isPossible?: boolean;
  readonly isBusy?: boolean;
  /** Why the last try failed; shown below the fields. */
  readonly problem?: string | null;
  /** Handles its own failures. */
  readonly onSubmit: () => void | Promise<void>;
}

/** A dialog with fields: its children are in a form. */
export function FormDialog({
  action,
  isDangerous = false,
  isPossible = true,
  isBusy = false,
  problem = null,
  onSubmit,
  children,
  ...dialog
}: FormDialogProps) {
  const form = useId();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void onSubmit();
  };
  return (
    <Dialog
      {...dialog}
      actions={
        <>
          <Button onClick={dialog.onClose}>Cancel</Button>
          <Button
            look={isDangerous ? "danger" : "primary"}
            type="submit"
            form={form}
            disabled={!isPossible || isBusy}
            aria-busy={isBusy}
          >
            {action}
          </Button>
        </>
      }
    >
      <form id={form} className="ui-dialog-form" onSubmit={submit}>
        {children}
        <Alert className="ui-dialog-problem">{problem}</Alert>
      </form>
    </Dialog>
  );
}

interface SearchDialogProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A field with a list below it, at the top of the window. What is behind it stays as bright as it is. */
export function SearchDialog({ label, onClose, children }: SearchDialogProps) {
  return (
    <Base.Root open onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="ui-backdrop ui-backdrop-clear" />
        <Base.Popup className="ui-search-dialog" aria-label={label}>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
