// A small panel at a button, for a few fields or facts. Not modal: the window
// behind stays usable. Used through popover.tsx.
import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";

export interface PopoverProps {
  readonly title: string;
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly align?: "start" | "end";
  readonly side?: "top" | "bottom";
  readonly children: ReactNode;
}

/** `isOpen`: from the beginning. */
export function Popover({
  title,
  trigger,
  align = "end",
  side = "bottom",
  isOpen,
  children,
}: PopoverProps & { readonly isOpen: boolean }) {
  return (
    <Base.Root defaultOpen={isOpen}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="ui-popup-place" align={align} side={side} sideOffset={6} collisionPadding={8}>
          <Base.Popup className="ui-popup ui-popover">
            <Base.Title className="ui-popover-title">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
