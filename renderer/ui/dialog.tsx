// A modal window, for what needs an answer before anything else. Focus stays inside, Esc leaves, focus goes back where it was.
import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import "./dialog.css";

export interface DialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly size?: "small" | "large" | "huge";
  /** The buttons, from left to right; the one that Enter stands for last. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Dialog({ isOpen, onClose, title, description, size = "small", actions, children }: DialogProps) {
  return (
    <Base.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Base.Portal>
        <Base.Backdrop className="ui-backdrop" />
        <Base.Popup className={`ui-dialog ui-dialog-${size}`}>
          <Base.Title className="ui-dialog-title">{title}</Base.Title>
          {description !== undefined && <Base.Description className="ui-dim">{description}</Base.Description>}
          {children}
          {actions !== undefined && <div className="ui-dialog-actions">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
