// What the debugger's view is made of: a title with what belongs to it.
import type { ReactNode } from "react";

interface PartProps {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

export const Part = ({ title, aside, children }: PartProps) => (
  <section className="debug-part" aria-label={title}>
    <h3 className="ui-heading">
      {title}
      <span className="ui-spacer" />
      {aside !== undefined && <span className="debug-aside">{aside}</span>}
    </h3>
    {children}
  </section>
);
