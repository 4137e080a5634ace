// What the parts of a held request are made of: a title with what belongs to it, a status, and a box to check.
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

interface StatusFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

export const StatusField = ({ value, onChange }: StatusFieldProps) => (
  <label className="held-line">
    Status
    <input
      className="ui-field ui-mono held-status"
      inputMode="numeric"
      value={value}
      aria-invalid={!/^[2-5]\d\d$/.test(value)}
      onChange={(event) => onChange(event.target.value)}
    />
  </label>
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
