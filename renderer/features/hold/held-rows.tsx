// The variables that a held request's script will get, or the headers of its response.
import { useState } from "react";
import type { HeldRequest } from "../../../server/contract/hold-contract.js";
import { plural } from "../../format/plural.js";
import { Button } from "../../ui/button.js";
import { PairTable } from "../../ui/pair-table.js";
import { draftOf, editsIn, type HeldDraft, type HeldRow, isEdited, removedFrom } from "./held-draft.js";
import { Part } from "./held-part.js";

/** These variables are shown at once, the others at a press. */
const first = /^(REQUEST_METHOD|SCRIPT_NAME|PATH_INFO|QUERY_STRING|CONTENT_TYPE|CONTENT_LENGTH|HTTP_COOKIE)$/;

interface RowsProps {
  readonly held: HeldRequest;
  readonly draft: HeldDraft;
  readonly onChange: (part: Partial<HeldDraft>) => void;
}

export function HeldRows({ held, draft, onChange }: RowsProps) {
  const isStart = held.plan.moment === "start";
  const [isAll, setAll] = useState(!isStart);
  const { rows } = draft;
  const edits = editsIn(held, draft);
  const isShown = (row: HeldRow): boolean => isAll || isEdited(row) || first.test(row.name);
  const hidden = rows.filter((row) => !isShown(row));
  return (
    <Part
      title={isStart ? "Environment" : "Headers"}
      aside={`${plural(rows.length, isStart ? "variable" : "header")}, ${edits === 0 ? "no edits" : plural(edits, "edit")}`}
      action={
        edits > 0 && (
          <Button size="small" className="held-aside" onClick={() => onChange(draftOf(held))}>
            Undo edits
          </Button>
        )
      }
    >
      <PairTable
        what={isStart ? "Variable" : "Header"}
        rows={rows.filter(isShown)}
        make={(pair): HeldRow => ({ ...pair, before: null })}
        onChange={(next) => onChange({ rows: [...next, ...hidden] })}
        aside={(row) => isEdited(row) && <span className="ui-warn ui-small held-was ui-cut">{wasText(row)}</span>}
      />
      {removedFrom(held, draft).map((row) => (
        <div key={row.id} className="held-line ui-bad">
          <del className="ui-mono ui-cut">
            {row.name} {row.value}
          </del>
          <Button size="small" className="held-aside" onClick={() => onChange({ rows: [...rows, row] })}>
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

function wasText({ before }: HeldRow): string {
  return before === null ? "added" : before[1] === "" ? "was empty" : `was ${before[1]}`;
}
