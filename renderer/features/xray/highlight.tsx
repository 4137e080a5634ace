// Hovering (or focusing) one piece highlights every other that is the same variable.
import { createContext, type ReactNode, type RefCallback, useContext, useMemo, useState } from "react";
import type { Colour } from "./colours.js";

interface Highlight {
  readonly active: string | null;
  readonly setActive: (variable: string | null) => void;
  readonly colours: ReadonlyMap<string, Colour>;
}
const HighlightContext = createContext<Highlight>({ active: null, setActive: () => undefined, colours: new Map() });

export function HighlightScope({
  colours,
  lit = null,
  children,
}: {
  readonly colours: ReadonlyMap<string, Colour>;
  /** Highlighted while nothing is pointed at. */
  readonly lit?: string | null;
  readonly children: ReactNode;
}) {
  const [active, setActive] = useState<string | null>(null);
  const value = useMemo(() => ({ active: active ?? lit, setActive, colours }), [active, lit, colours]);
  return <HighlightContext value={value}>{children}</HighlightContext>;
}

/** A stretch of the page that is, or became, a variable. Plain when the variable has no colour here. */
export function VariableTag({
  variable,
  title,
  children,
  className = "",
  shownRef,
}: {
  readonly variable: string;
  readonly title?: string;
  readonly children: ReactNode;
  readonly className?: string;
  /** For the variable that was asked for. */
  readonly shownRef?: RefCallback<HTMLElement> | undefined;
}) {
  const { active, setActive, colours } = useContext(HighlightContext);
  const colour = colours.get(variable);
  const leave = (): void => setActive(null);
  return (
    <span
      ref={shownRef}
      data-revealed={shownRef && ""}
      className={`${colour ? `ui-tag ui-tag-${colour}` : "xray-tag-quiet"} xray-tag ${className}`}
      data-variable={variable}
      data-colour={colour}
      data-active={active === variable || undefined}
      title={title}
      onPointerEnter={() => setActive(variable)}
      onPointerLeave={leave}
    >
      {children}
    </span>
  );
}
