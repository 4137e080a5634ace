// A part of a held request, with its title.
import type { ReactNode } from "react";

interface PartProps {
  readonly title: string;
  readonly aside: ReactNode;
  /** At the end of the line. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export const Part = ({ title, aside, action, children }: PartProps) => (
  <section className="held-part" aria-label={title}>
    <div className="held-line">
      <h3>{title}</h3>
      <span className="ui-dim ui-cut">{aside}</span>
      {action}
    </div>
    {children}
  </section>
);
