// What a card leaves out, counted, and unfolded in place.
import { type ReactNode, useState } from "react";

export function Fold({
  title,
  names,
  asked = null,
  children,
}: {
  /** "14 more headers". */
  readonly title: string;
  /** A taste of what is in it. */
  readonly names?: string;
  /** Something in it was asked for: a new object each time, which opens it; it can be folded again. */
  readonly asked?: object | null;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  const [followed, setFollowed] = useState<object | null>(null);
  // Opened while it is drawn: what was asked for is scrolled into sight right after that.
  if (asked !== null && asked !== followed) {
    setFollowed(asked);
    setOpen(true);
  }
  return (
    <details className="xray-fold" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span className="ui-link">{title}</span>
        {names !== undefined && <span className="ui-cut ui-dim">{names}</span>}
      </summary>
      {children}
    </details>
  );
}
