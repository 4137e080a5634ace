// Names and values that can be edited, with what was edited of each: variables, headers, the fields of a form.
import { type ComponentProps, type ReactNode, useState } from "react";
import { toProblem } from "../../../server/contract/problem.js";
import { plural } from "../../format/plural.js";
import { problemText } from "../../rpc/problem.js";
import { Button } from "../../ui/button.js";
import { PairTable } from "../../ui/pair-table.js";
import { draftOf, type Editing, editsIn, type HeldRow, isEdited, mistakeIn, removedFrom } from "./held-draft.js";

interface PartProps {
  readonly title: string;
  readonly aside: ReactNode;
  /** It stands at the end of the line. */
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

export const Part = ({ title, aside, action, children }: PartProps) => (
  <section className="ui-column held-part" aria-label={title}>
    <div className="ui-row held-title">
      <h3>{title}</h3>
      <span className="ui-dim ui-cut">{aside}</span>
      <span className="ui-spacer" />
      {action}
    </div>
    {children}
  </section>
);

type TableProps = ComponentProps<typeof PairTable<HeldRow>>;
interface PairsProps extends Pick<TableProps, "what" | "rows" | "onChange" | "mistakeOf"> {
  readonly removed: readonly HeldRow[];
}

export const HeldPairs = ({ removed, ...pairs }: PairsProps) => (
  <>
    <PairTable
      {...pairs}
      make={(pair): HeldRow => ({ ...pair, before: null })}
      valuePlaceholder="empty"
      aside={(row) =>
        isEdited(row) && (
          <span className={`ui-small ui-cut held-was ${row.before ? "ui-warn" : "ui-ok"}`} title={wasText(row)}>
            {wasText(row)}
          </span>
        )
      }
    />
    {removed.map((row) => (
      <div key={row.id} className="ui-row ui-bad">
        <del className="ui-mono ui-cut">
          {row.name} {row.value}
        </del>
        <span className="ui-spacer" />
        <span className="ui-small">− removed</span>
        <Button size="small" onClick={() => pairs.onChange(pairs.rows.toSpliced(Number(row.id), 0, row))}>
          Restore <span className="ui-hidden">{row.name}</span>
        </Button>
      </div>
    ))}
  </>
);

const wasText = ({ name, before }: HeldRow): string =>
  before ? `~ was ${before[0] === name ? "" : `${before[0]}: `}${before[1] || "empty"}` : "+ added";

/** These variables are shown at once, the others at a press. */
const first = /^(REQUEST_METHOD|SCRIPT_NAME|PATH_INFO|QUERY_STRING|CONTENT_TYPE|CONTENT_LENGTH|HTTP_COOKIE)$/;

/** The variables that its script will get, or the headers of its response. */
export function HeldRows({ held, draft, onChange }: Editing) {
  const what = held.plan.moment === "start" ? "Variable" : "Header";
  const [isAll, setAll] = useState(what === "Header");
  const { rows } = draft;
  const edits = editsIn(held, draft);
  const isShown = (row: HeldRow): boolean => isAll || isEdited(row) || first.test(row.name);
  const hidden = rows.filter((row) => !isShown(row));
  return (
    <Part
      title={what === "Variable" ? "Environment" : "Headers"}
      aside={`${plural(rows.length, what.toLowerCase())}, ${edits === 0 ? "no edits" : plural(edits, "edit")}`}
      action={
        edits > 0 && (
          <Button size="small" onClick={() => onChange(draftOf(held))}>
            Undo edits
          </Button>
        )
      }
    >
      <HeldPairs
        what={what}
        rows={rows.filter(isShown)}
        removed={removedFrom(held, draft)}
        mistakeOf={(row) => {
          const mistake = isEdited(row) && mistakeIn(row, held.plan.moment);
          return mistake ? problemText(toProblem(mistake)) : null;
        }}
        onChange={(next) => onChange({ rows: [...next, ...hidden] })}
      />
      {hidden.length > 0 && (
        <div>
          <Button size="small" onClick={() => setAll(true)}>
            {hidden.length} more
          </Button>
        </div>
      )}
    </Part>
  );
}
