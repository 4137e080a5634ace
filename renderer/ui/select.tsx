// One of many: a native list that opens.
import type { ComponentProps } from "react";

interface SelectProps<V extends string> extends Omit<ComponentProps<"select">, "value" | "onChange"> {
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly title: string }[];
  readonly onChange: (value: V) => void;
}

export function Select<V extends string>({ choices, onChange, className = "ui-field", ...select }: SelectProps<V>) {
  return (
    <select
      className={className}
      {...select}
      onChange={({ target }) => {
        const chosen = choices.find(({ value }) => value === target.value);
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map(({ value, title }) => (
        <option key={value} value={value}>
          {title}
        </option>
      ))}
    </select>
  );
}
