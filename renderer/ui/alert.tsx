// What failed, told at once to the eye and to a screen reader.
import type { ReactNode } from "react";

interface AlertProps {
  /** In a box of its own. */
  readonly isNote?: boolean;
  readonly className?: string;
  /** A sentence; null: nothing failed, and nothing is shown. */
  readonly children: ReactNode;
}

export function Alert({ isNote = false, className, children }: AlertProps) {
  if (children === null || children === undefined) return null;
  const look = isNote ? "ui-note ui-note-bad" : "ui-bad";
  return (
    <p role="alert" className={className === undefined ? look : `${look} ${className}`}>
      {children}
    </p>
  );
}
