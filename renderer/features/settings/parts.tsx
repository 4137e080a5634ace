// What the settings are made of: groups with a title, and what is on or off.
import { type ReactNode, useId } from "react";

export function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="ui-column settings-part" aria-label={title}>
      <h3 className="ui-label settings-title">{title}</h3>
      {children}
    </section>
  );
}

interface CheckProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** What it does, when the label does not say enough. */
  readonly children?: ReactNode;
}

export function Check({ label, isOn, isDisabled = false, onChange, children }: CheckProps) {
  const id = useId();
  return (
    <div>
      <label className="ui-row settings-row">
        <span>{label}</span>
        <input
          type="checkbox"
          checked={isOn}
          disabled={isDisabled}
          aria-describedby={children === undefined ? undefined : id}
          onChange={(event) => onChange(event.target.checked)}
        />
      </label>
      {children !== undefined && (
        <p id={id} className="ui-dim settings-words">
          {children}
        </p>
      )}
    </div>
  );
}
