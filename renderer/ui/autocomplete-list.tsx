// The text field with its list of suggestions, by Base UI. In a chunk of its own: see autocomplete.tsx.
import { Autocomplete as Base } from "@base-ui/react/autocomplete";
import "./menu.css";

export interface AutocompleteProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly suggestions: readonly string[];
  readonly className?: string;
  readonly invalid?: boolean;
}
export function AutocompleteList({ label, value, onChange, suggestions, className, invalid }: AutocompleteProps) {
  return (
    <Base.Root
      items={suggestions}
      value={value}
      onValueChange={(next, { reason }) => reason !== "escape-key" && onChange(next)}
      mode="none"
      openOnInputClick
      autoHighlight={false}
    >
      <Base.Input
        aria-label={label}
        aria-invalid={invalid}
        className={`ui-field${className ? ` ${className}` : ""}`}
        spellCheck={false}
        autoCapitalize="off"
        onFocus={(event) => event.currentTarget.select()}
      />
      <Base.Portal>
        <Base.Positioner className="ui-popup-place" align="start" sideOffset={4} collisionPadding={6}>
          <Base.Popup className="ui-popup ui-menu">
            <Base.List aria-label={`${label}: suggestions`}>
              {(item: string) => (
                <Base.Item key={item} value={item} className="ui-menu-item">
                  {item}
                </Base.Item>
              )}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
