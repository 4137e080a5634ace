// A table of facts: its column heads from a list, its rows as children.
// "ui-table" alone is for tables whose cells wrap.
import type { ReactNode } from "react";

export interface FactColumn {
  readonly title: string;
  readonly isNumber?: boolean;
  /** For screen readers alone: the cells explain themselves. */
  readonly isHidden?: boolean;
}

interface FactTableProps {
  readonly label: string;
  readonly columns: readonly FactColumn[];
  readonly className?: string;
  readonly children: ReactNode;
}

export function FactTable({ label, columns, className = "", children }: FactTableProps) {
  return (
    <table className={`ui-table ui-facts ${className}`} aria-label={label}>
      <thead>
        <tr>
          {columns.map(({ title, isNumber, isHidden }) => (
            <th key={title} scope="col" className={isNumber ? "ui-num" : undefined}>
              {isHidden ? <span className="ui-hidden">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
