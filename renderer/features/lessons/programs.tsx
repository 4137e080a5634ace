// The programs of other people that are about to run, and why.
import type { ReactNode } from "react";

interface ProgramsProps {
  readonly runs: readonly string[];
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export const Programs = ({ runs, action, children }: ProgramsProps) => (
  <div className="lesson-trust ui-note ui-note-warn">
    <div>
      <p>{children}</p>
      <ul className="lesson-runs ui-mono">
        {runs.map((path) => (
          <li key={path}>{path}</li>
        ))}
      </ul>
      {action}
    </div>
  </div>
);
