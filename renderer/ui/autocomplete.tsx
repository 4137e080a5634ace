// A text field with a list of suggestions that never restricts what may be typed. The list's machinery comes in a chunk
// of its own after the first screen; until then the same field is shown without them, and a field that is being typed
// in is never replaced.
import { useEffect, useRef, useState } from "react";
import type { AutocompleteProps } from "./autocomplete-list.js";

type Part = typeof import("./autocomplete-list.js").AutocompleteList;

let part: Part | null = null;

export function Autocomplete(props: AutocompleteProps) {
  const { label, value, onChange, className, invalid } = props;
  const [Full, setFull] = useState<Part | null>(() => part);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (Full) return;
    const wait = new AbortController();
    import("./autocomplete-list.js").then(
      ({ AutocompleteList }) => {
        part = AutocompleteList;
        const input = field.current;
        const show = (): void => setFull(() => AutocompleteList);
        if (wait.signal.aborted || !input) return;
        if (document.activeElement === input) input.addEventListener("blur", show, { once: true, signal: wait.signal });
        else show();
      },
      (error: unknown) => console.error("Suggestions could not be loaded; the field works without them.", error),
    );
    return () => wait.abort();
  }, [Full]);
  if (Full) return <Full {...props} />;
  return (
    <input
      ref={field}
      role="combobox"
      aria-expanded={false}
      aria-label={label}
      aria-invalid={invalid}
      autoComplete="off"
      className={`ui-field${className ? ` ${className}` : ""}`}
      spellCheck={false}
      autoCapitalize="off"
      value={value}
      onChange={(event) => onChange(event.target.value)}
      onFocus={(event) => event.currentTarget.select()}
    />
  );
}
