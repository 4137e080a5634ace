// One of a few, side by side: native radio buttons under one border, so that arrow
// keys and screen readers know what it is.
import { useId } from "react";
import { SpokenEllipsis } from "./middle-ellipsis.js";
import "./choice.css";

export interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly { readonly value: V; readonly title: string }[];
  readonly onChange: (value: V) => void;
  /** Small: for little room, a long title is cut in its middle. */
  readonly size?: "normal" | "small";
}

export function Choice<V extends string>({ label, value, choices, onChange, size = "normal" }: ChoiceProps<V>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={`ui-choice ui-choice-${size}`}>
      {choices.map((choice) => (
        <label key={choice.value} className="ui-choice-item" data-checked={choice.value === value || undefined}>
          <input
            type="radio"
            className="ui-hidden"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          {size === "small" ? <SpokenEllipsis text={choice.title} tail={10} /> : choice.title}
        </label>
      ))}
    </div>
  );
}
