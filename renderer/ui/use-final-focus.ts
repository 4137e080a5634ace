// Where the focus goes when a menu has closed. Base UI asks once the menu has faded, and then puts the focus there
// even if the user, or what the menu has opened, has put it elsewhere since: a dialog or a field would lose it.
import { useState } from "react";

interface FinalFocus {
  /** The ref of the menu's portal, which holds those of its submenus, too. */
  readonly portal: (element: HTMLElement | null) => void;
  /** Base UI's: true is where it was before, false leaves it where it is. */
  readonly finalFocus: () => HTMLElement | boolean;
}

/** Asks `finalFocus` only when the menu still has the focus, or nothing has it. */
export function useFinalFocus(finalFocus: () => HTMLElement | boolean): FinalFocus {
  const [element, portal] = useState<HTMLElement | null>(null);
  return { portal, finalFocus: () => (isElsewhere(element) ? false : finalFocus()) };
}

function isElsewhere(portal: HTMLElement | null): boolean {
  const { activeElement, body } = document;
  return activeElement !== null && activeElement !== body && portal?.contains(activeElement) !== true;
}
