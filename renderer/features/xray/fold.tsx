// What a card leaves out, counted, and unfolded in place.
import type { ReactNode } from "react";

export function Fold({
  title,
  names,
  isOpen = false,
  children,
}: {
  /** "14 more headers". */
  readonly title: string;
  /** A taste of what is in it. */
  readonly names?: string;
  /** Something in it was asked for. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <details className="xray-fold" open={isOpen || undefined}>
      <summary>
        <span className="ui-link">{title}</span>
        {names !== undefined && <span className="xray-fold-names ui-dim">{names}</span>}
      </summary>
      {children}
    </details>
  );
}
