// A box to tick, with its words beside it.
import type { ComponentProps } from "react";

interface CheckProps extends Omit<ComponentProps<"label">, "onChange"> {
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export const Check = ({ isOn, isDisabled, onChange, children, className = "", ...label }: CheckProps) => (
  <label {...label} className={`ui-row ui-check ${className}`}>
    <input type="checkbox" checked={isOn} disabled={isDisabled} onChange={(event) => onChange(event.target.checked)} />
    <span>{children}</span>
  </label>
);
