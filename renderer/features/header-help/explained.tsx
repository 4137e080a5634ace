// The name of a header or status, with an explanation on hover and on focus.
import type { ReactNode } from "react";
import { Tooltip } from "../../ui/tooltip.js";
import { useExplanations } from "./explanations.js";
import "./header-help.css";

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
