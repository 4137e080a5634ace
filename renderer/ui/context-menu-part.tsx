// A menu at a point of the window instead of at a button. Focus goes into it and, when it closes and still has the
// focus, to the element of `returnTo`. Used through context-menu.tsx.
import { Menu as Base } from "@base-ui/react/menu";
import { type ReactNode, useEffect, useRef } from "react";
import { useFinalFocus } from "./use-final-focus.js";

export interface ContextMenuProps {
  readonly label: string;
  /** Where it opens, px from the window's left and top edges; null: it is closed. */
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly onClose: () => void;
  /** It has faded, too, and the focus is no longer its own. */
  readonly onGone?: () => void;
  /** The element that gets the focus back; null leaves it where the chosen item has put it. */
  readonly returnTo: () => HTMLElement | null;
  readonly children: ReactNode;
}

export function ContextMenu({ label, at, onClose, onGone, returnTo, children }: ContextMenuProps) {
  const { portal, finalFocus } = useFinalFocus(() => returnTo() ?? false);
  // While it fades it stays where it was.
  const last = useRef({ x: 0, y: 0 });
  useEffect(() => {
    if (at) last.current = at;
  }, [at]);
  const anchor = {
    getBoundingClientRect: () => {
      const { x, y } = at ?? last.current;
      return DOMRect.fromRect({ x, y, width: 0, height: 0 });
    },
  };
  return (
    <Base.Root
      open={at !== null}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      onOpenChangeComplete={(isOpen) => !isOpen && onGone?.()}
      modal={false}
    >
      <Base.Portal ref={portal}>
        <Base.Positioner className="ui-popup-place" anchor={anchor} align="start" sideOffset={2} collisionPadding={6}>
          <Base.Popup className="ui-popup ui-menu" aria-label={label} finalFocus={finalFocus}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
