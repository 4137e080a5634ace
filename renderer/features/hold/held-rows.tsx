// The variables that a held request's script will get, or the headers of its response.
import { useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { plural } from "../../format/plural.js";
import { Button } from "../../ui/button.js";
import { PairTable } from "../../ui/pair-table.js";
import { type HeldDraft, type HeldRow, isEdited, removedFrom, rowsOf, typedOf, wasOf } from "./held-draft.js";
import { Part } from "./held-part.js";
import { changeDraft, keyOf } from "./held-store.js";

/** These variables are shown at once, the others at a press. */
const first = /^(REQUEST_METHOD|SCRIPT_NAME|PATH_INFO|QUERY_STRING|CONTENT_TYPE|CONTENT_LENGTH|HTTP_COOKIE)$/;

interface RowsProps {
  readonly held: HeldRequest;
  readonly draft: HeldDraft;
  readonly edits: number;
  readonly onChange: (rows: readonly HeldRow[]) => void;
}

export function HeldRows({ held, draft, edits, onChange }: RowsProps) {
  const [isAll, setAll] = useState(held.plan.moment === "headers");
  const rows = rowsOf(draft);
  const isShown = (row: HeldRow): boolean => isAll || isEdited(row) || first.test(row.name);
  const hidden = rows.filter((row) => !isShown(row));
  const removed = removedFrom(held, draft);
  const isStart = held.plan.moment === "start";
  return (
    <Part
      title={isStart ? "Environment" : "Headers"}
      aside={`${plural(rows.length, isStart ? "variable" : "header")}, ${edits === 0 ? "no edits" : plural(edits, "edit")}`}
      action={
        edits > 0 && (
          <Button size="small" className="held-aside" onClick={() => changeDraft(keyOf(held), null)}>
            Undo edits
          </Button>
        )
      }
    >
      <PairTable
        what={isStart ? "Variable" : "Header"}
        rows={rows.filter(isShown)}
        make={(pair): HeldRow => ({ ...pair, before: null })}
        onChange={(next) => {
          const all = [...next, ...hidden].toSorted((a, b) => placeOf(rows, a) - placeOf(rows, b));
          onChange(typedOf(draft, rows, all));
        }}
        aside={(row) => isEdited(row) && <span className="ui-warn held-was ui-cut">{wasText(row)}</span>}
      />
      {removed.map((row) => (
        <div key={row.id} className="held-line held-removed">
          <del className="ui-mono ui-cut">
            {row.name} {row.value}
          </del>
          <Button size="small" className="held-aside" onClick={() => onChange([...draft.rows, row])}>
            Restore <span className="ui-hidden">{row.name}</span>
          </Button>
        </div>
      ))}
      {hidden.length > 0 && (
        <Button size="small" className="held-more" onClick={() => setAll(true)}>
          {hidden.length} more
        </Button>
      )}
    </Part>
  );
}

/** A new row comes last. */
function placeOf(rows: readonly HeldRow[], { id }: HeldRow): number {
  const at = rows.findIndex((row) => row.id === id);
  return at < 0 ? rows.length : at;
}

function wasText(row: HeldRow): string {
  const was = wasOf(row);
  return was === null ? "added" : was === "" ? "was empty" : `was ${was}`;
}
