// Why something failed that was begun in a dialog or on a page.
import { useCallback, useState } from "react";
import { notify } from "./notices.js";
import { useIsShown } from "./use-is-shown.js";

/** As `useState`; null: nothing failed. What fails once the component is gone is shown as a notice. */
export function useWhy(): readonly [why: string | null, setWhy: (why: string | null) => void] {
  const [why, setWhy] = useState<string | null>(null);
  const isShown = useIsShown();
  const say = useCallback(
    (failure: string | null): void => {
      if (isShown()) setWhy(failure);
      else if (failure !== null) notify("bad", failure);
    },
    [isShown],
  );
  return [why, say];
}
