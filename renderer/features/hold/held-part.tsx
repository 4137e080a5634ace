// What the parts of a held request are made of: a title with what belongs to it, and a box to check.
import type { ReactNode } from "react";

interface PartProps {
  readonly title: string;
  readonly aside: ReactNode;
  /** It stands at the end of the line. */
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

interface CheckProps {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  readonly children: string;
}

export const Check = ({ isOn, onChange, children }: CheckProps) => (
  <label className="held-line">
    <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
    {children}
  </label>
);
