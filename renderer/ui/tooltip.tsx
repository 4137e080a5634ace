// A hint on hover and keyboard focus. It repeats or extends a name that the control already
// has, so it is no description of its own.
import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import "./tooltip.css";

export function Tooltip({
  hint,
  children,
}: {
  readonly hint: ReactNode;
  readonly children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner className="ui-tooltip-place" sideOffset={6} collisionPadding={6}>
          <Base.Popup className="ui-card ui-tooltip">{hint}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Shared delay: once one hint is open, its neighbours open at once. Around the whole window. */
export function TooltipGroup({ children }: { readonly children: ReactNode }) {
  return <Base.Provider delay={500}>{children}</Base.Provider>;
}
