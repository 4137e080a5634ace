// Code, a path or a name, in one line or several, as it is typed: nothing is corrected or filled in.
import type { ComponentProps } from "react";

interface TextFieldProps extends Omit<ComponentProps<"input">, "onChange"> {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export const TextField = ({ onChange, className, ...input }: TextFieldProps) => (
  <input
    className={`ui-field ui-mono${className === undefined ? "" : ` ${className}`}`}
    spellCheck={false}
    autoComplete="off"
    {...input}
    onChange={(event) => onChange(event.target.value)}
  />
);

interface TextAreaProps extends Omit<ComponentProps<"textarea">, "onChange"> {
  readonly value: string;
  readonly onChange: (text: string) => void;
}

export const TextArea = ({ onChange, ...area }: TextAreaProps) => (
  <textarea
    className="ui-field ui-mono"
    spellCheck={false}
    {...area}
    onChange={(event) => onChange(event.target.value)}
  />
);
