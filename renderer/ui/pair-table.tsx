// Names and values in rows, with a name's field at the end: what is typed into it becomes a row.
import { type ReactNode, useId, useRef } from "react";
import { IconButton } from "./button.js";
import { CloseIcon } from "./icon.js";
import "./pair-table.css";

interface Pair {
  readonly id: string;
  readonly name: string;
  readonly value: string;
}

interface PairTableProps<R extends Pair> {
  /** What one row is: "Header". */
  readonly what: string;
  readonly rows: readonly R[];
  readonly onChange: (rows: readonly R[]) => void;
  /** The new row that was typed into. */
  readonly make: (pair: Pair) => R;
  /** Names, each with values for it. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
  /** In a value's field while it is empty. */
  readonly valuePlaceholder?: string;
  /** In place of the value's field; null for the field. */
  readonly valueCell?: (row: R, change: (part: Partial<R>) => void) => ReactNode;
  /** The name under way in the row that has the focus; null when none has. */
  readonly onNameFocus?: (name: string | null) => void;
  /** Why the row cannot be so; null: it can. */
  readonly mistakeOf?: (row: R) => string | null;
  /** Behind the value of a row without a mistake. */
  readonly aside?: (row: R, change: (part: Partial<R>) => void) => ReactNode;
}

export function PairTable<R extends Pair>({
  what,
  rows,
  onChange,
  make,
  suggestions = {},
  valuePlaceholder,
  valueCell,
  mistakeOf,
  aside,
  onNameFocus,
}: PairTableProps<R>) {
  const list = useId();
  const names = Object.keys(suggestions);
  const valuesOf = (name: string): readonly string[] =>
    suggestions[names.find((known) => known.toLowerCase() === name.toLowerCase()) ?? ""] ?? [];
  // Rows are known by their place, so that the field of the empty row keeps the focus when it is typed into.
  const keys = useRef<string[]>([]);
  while (keys.current.length <= rows.length) keys.current.push(crypto.randomUUID());
  const fresh = make({ id: crypto.randomUUID(), name: "", value: "" });
  return (
    <div className="pair-table">
      {[...rows, fresh].map((row, index) => {
        const isFresh = index === rows.length;
        const put = (next: R): void =>
          onChange(isFresh ? [...rows, next] : rows.map((other) => (other === row ? next : other)));
        const change = (part: Partial<R>): void => put({ ...row, ...part });
        const values = valuesOf(row.name);
        const mistake = mistakeOf?.(row) ?? null;
        const why = mistake === null ? undefined : `${list}-${row.id}-why`;
        const validity = { "aria-invalid": why !== undefined || undefined, "aria-describedby": why };
        return (
          <fieldset
            key={keys.current[index]}
            onFocus={() => onNameFocus?.(row.name)}
            onBlur={() => onNameFocus?.(null)}
            aria-label={isFresh ? `New ${what.toLowerCase()}` : `${what} ${index + 1}`}
            className="pair-row"
          >
            <input
              {...validity}
              className="pair-name ui-mono"
              aria-label={`${what} name`}
              placeholder={isFresh ? `Add ${what.toLowerCase()}` : undefined}
              list={names.length > 0 ? list : undefined}
              spellCheck={false}
              autoComplete="off"
              value={row.name}
              onChange={(event) => {
                put({ ...row, name: event.target.value });
                onNameFocus?.(event.target.value);
              }}
            />
            {!isFresh &&
              (valueCell?.(row, change) ?? (
                <input
                  {...validity}
                  className="pair-value ui-mono"
                  aria-label={`${what} value`}
                  placeholder={valuePlaceholder}
                  list={values.length > 0 ? `${list}-${row.id}` : undefined}
                  spellCheck={false}
                  autoComplete="off"
                  value={lineEndsShown(row.value)}
                  readOnly={/[\r\n]/.test(row.value) && /[←↵]/.test(row.value)}
                  onChange={({ target: { value } }) =>
                    put({ ...row, value: /[\r\n]/.test(row.value) ? lineEndsRead(value) : value })
                  }
                />
              ))}
            {!isFresh && values.length > 0 && <Suggestions id={`${list}-${row.id}`} values={values} />}
            {!isFresh && mistake === null && aside?.(row, change)}
            {!isFresh && (
              <IconButton
                label={`Remove ${what.toLowerCase()} ${row.name}`}
                data-remove
                onClick={({ currentTarget }) => {
                  focusAfter(currentTarget);
                  keys.current.splice(index, 1);
                  onChange(rows.filter((other) => other !== row));
                }}
                icon={CloseIcon}
              />
            )}
            {mistake !== null && (
              <span id={why} className="ui-small ui-bad pair-mistake">
                {mistake}
              </span>
            )}
          </fieldset>
        );
      })}
      {names.length > 0 && <Suggestions id={list} values={names} />}
    </div>
  );
}

// A field of one line would drop line ends without a word. It shows each of their bytes as an arrow, which every font
// has. If a value contains such arrows itself, the field is read-only: a person could not tell the two apart.
const lineEndsShown = (value: string): string => value.replaceAll("\r", "←").replaceAll("\n", "↵");
const lineEndsRead = (shown: string): string => shown.replaceAll("←", "\r").replaceAll("↵", "\n");

/** The button goes with its row: the focus moves to the next row's, and after the last one to the empty row. */
function focusAfter(button: HTMLElement): void {
  const next = button.closest("fieldset")?.nextElementSibling;
  (next?.querySelector<HTMLElement>("[data-remove]") ?? next?.querySelector("input"))?.focus();
}

function Suggestions({ id, values }: { readonly id: string; readonly values: readonly string[] }) {
  return (
    <datalist id={id}>
      {values.map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  );
}
