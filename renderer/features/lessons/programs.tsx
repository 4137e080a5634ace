// The programs of other people that are about to run, and why.
import type { ReactNode } from "react";
import { ScrollRegion } from "../../ui/scroll-region.js";

interface ProgramsProps {
  readonly runs: readonly string[];
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export const Programs = ({ runs, action, children }: ProgramsProps) => (
  <div className="lesson-trust ui-note ui-note-warn">
    <div>
      <p>{children}</p>
      <ScrollRegion className="lesson-runs ui-mono" aria-label="Programs">
        <ul>
          {runs.map((path) => (
            <li key={path}>{path}</li>
          ))}
        </ul>
      </ScrollRegion>
      {action}
    </div>
  </div>
);
