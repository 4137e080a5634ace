// What a status in the list means, when it is pointed at for a moment: one hint
// for the whole list, whose rows come and go.
import { Tooltip as Base } from "@base-ui/react/tooltip";
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Explanation } from "../header-help/index.js";

const delayMs = 500;
/** How long the pointer may take from the cell to the hint, over other rows. */
const graceMs = 300;

interface Pointed {
  readonly cell: Element;
  readonly status: number;
}

interface StatusHintHandlers {
  readonly onPointerOver: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onPointerDown: () => void;
}

/** The handlers for the list, and the hint itself. */
export function useStatusHint(): { readonly handlers: StatusHintHandlers; readonly hint: ReactNode } {
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const at = useRef<Element | null>(null);
  useEffect(() => () => clearTimeout(timer.current), []);
  /** Shows the hint of `next`, or none, in a while. */
  const turnTo = (next: Pointed | null): void => {
    clearTimeout(timer.current);
    at.current = next?.cell ?? null;
    timer.current = setTimeout(() => setPointed(next), next === null ? graceMs : delayMs);
  };
  const leave = (): void => {
    clearTimeout(timer.current);
    at.current = null;
    setPointed(null);
  };
  const handlers: StatusHintHandlers = {
    onPointerOver: ({ target, buttons }) => {
      const cell = target instanceof Element ? target.closest("[data-status]") : null;
      if (cell === at.current) return;
      const status = Number(cell?.getAttribute("data-status"));
      turnTo(cell && status > 0 && buttons === 0 ? { cell, status } : null);
    },
    onPointerLeave: () => turnTo(null),
    onPointerDown: leave,
  };
  const hint = pointed?.cell.isConnected ? (
    <Base.Root open onOpenChange={(isOpen) => isOpen || leave()}>
      <Base.Portal>
        <Base.Positioner className="ui-tooltip-place" anchor={pointed.cell} sideOffset={6} collisionPadding={6}>
          <Base.Popup
            className="ui-card ui-tooltip"
            onPointerEnter={() => clearTimeout(timer.current)}
            onPointerLeave={() => turnTo(null)}
          >
            <Explanation about={{ status: pointed.status }} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  ) : null;
  return { handlers, hint };
}
