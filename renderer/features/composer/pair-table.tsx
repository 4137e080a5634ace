// Names and values in rows, with an empty row at the end that becomes a real one when something is typed into it.
import { useId, useRef } from "react";
import { IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";

export interface PairRow {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

export interface PairTableProps {
  /** What one row is: "Header". */
  readonly what: string;
  readonly rows: readonly PairRow[];
  readonly suggestions?: readonly string[];
  readonly onChange: (rows: readonly PairRow[]) => void;
}

export function PairTable({ what, rows, suggestions, onChange }: PairTableProps) {
  const list = useId();
  // The empty row's id is the new row's when it is typed into, so that the field keeps the focus.
  const freshId = useRef(crypto.randomUUID());
  if (rows.some(({ id }) => id === freshId.current)) freshId.current = crypto.randomUUID();
  const shown = [...rows, { id: freshId.current, name: "", value: "" }];
  const change = (row: PairRow, part: Partial<PairRow>): void => {
    const next = { ...row, ...part };
    onChange(rows.includes(row) ? rows.map((other) => (other === row ? next : other)) : [...rows, next]);
  };
  return (
    <div className="pair-table">
      {shown.map((row, index) => {
        const isFresh = index === rows.length;
        return (
          <fieldset key={row.id} aria-label={isFresh ? `New ${what.toLowerCase()}` : `${what} ${index + 1}`} className="pair-row">
            <input
              className="pair-name ui-mono"
              aria-label={`${what} name`}
              placeholder={isFresh ? `Add ${what.toLowerCase()}` : undefined}
              list={suggestions && list}
              spellCheck={false}
              autoComplete="off"
              value={row.name}
              onChange={(event) => change(row, { name: event.target.value })}
            />
            <input
              className="pair-value ui-mono"
              aria-label={`${what} value`}
              spellCheck={false}
              autoComplete="off"
              value={row.value}
              onChange={(event) => change(row, { value: event.target.value })}
            />
            {!isFresh && (
              <IconButton label={`Remove ${what.toLowerCase()} ${row.name}`} size="small" onClick={() => onChange(rows.filter((other) => other !== row))}>
                <CloseIcon className="ui-icon" aria-hidden="true" />
              </IconButton>
            )}
          </fieldset>
        );
      })}
      {suggestions && (
        <datalist id={list}>
          {suggestions.map((suggestion) => (
            <option key={suggestion} value={suggestion} />
          ))}
        </datalist>
      )}
    </div>
  );
}
