// A box to tick, with its words beside it.
import type { ComponentProps } from "react";

interface CheckProps extends Omit<ComponentProps<"label">, "onChange"> {
  readonly isOn: boolean;
  readonly isDisabled?: boolean;
  readonly onChange: (isOn: boolean) => void;
}

export const Check = ({ isOn, isDisabled, onChange, children, ...label }: CheckProps) => (
  <label {...label}>
    <input type="checkbox" checked={isOn} disabled={isDisabled} onChange={(event) => onChange(event.target.checked)} />{" "}
    {children}
  </label>
);
