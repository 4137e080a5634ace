// The name of a header or status, with an explanation on hover and on focus.
import { type ReactNode, useEffect, useState } from "react";
import { Tooltip } from "../../ui/tooltip.js";
import "./header-help.css";

// The table of what headers and statuses mean, fetched when the first one is
// asked for: the first screen comes without it.
type Table = typeof import("../../../server/formats/glossary/explain-name.js");

let table: Table | null = null;
let coming: Promise<Table> | null = null;

function fetchTable(): Promise<Table> {
  coming ??= import("../../../server/formats/glossary/explain-name.js").then(
    (loaded) => {
      table = loaded;
      return loaded;
    },
    (error: unknown) => {
      coming = null; // asking again tries again
      throw error;
    },
  );
  return coming;
}

/** null until it is here; "failed" when it could not be fetched. Asks for it when `isWanted`. */
function useExplanations(isWanted: boolean): Table | "failed" | null {
  const [state, setState] = useState<Table | "failed" | null>(table);
  useEffect(() => {
    if (!isWanted || state !== null) return;
    let isGone = false;
    fetchTable().then(
      (loaded) => !isGone && setState(loaded),
      () => !isGone && setState("failed"),
    );
    return () => {
      isGone = true;
    };
  }, [isWanted, state]);
  return state;
}

/** What is asked about: a field's name in any case, or a status. */
export type Asked = { readonly field: string } | { readonly status: number };

interface ExplainedProps {
  readonly about: Asked;
  /** The first of a list is the one that Tab stops at; arrow keys reach the others (see `useNameKeys`). */
  readonly isFirst: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

export function Explained({ about, isFirst, className = "", children }: ExplainedProps) {
  return (
    <Tooltip hint={<Explanation about={about} />}>
      {/* A term and no button: pressing it does nothing. Keys reach its explanation too. */}
      <dfn className={`explained ${className}`} tabIndex={isFirst ? 0 : -1} data-explained="">
        {children}
      </dfn>
    </Tooltip>
  );
}

/** The words themselves. */
export function Explanation({ about }: { readonly about: Asked }) {
  const table = useExplanations(true);
  if (table === null) return <span className="ui-dim">Loading the explanation…</span>;
  if (table === "failed") return "The explanation could not be loaded.";
  const found = "field" in about ? table.explainField(about.field) : table.explainStatus(about.status);
  if (found === null)
    return "field" in about
      ? "No standard defines this header. Its meaning is up to the programs that send and read it."
      : "HTTP does not define this status.";
  return (
    <span className="explanation" data-part="explanation">
      <b>{found.name}</b> {found.text} <span className="ui-faint">{found.reference}</span>
    </span>
  );
}
