// Why something failed that was begun in a dialog or on a page.
import { useCallback, useEffect, useRef, useState } from "react";
import { notify } from "./notices.js";

/** As `useState`; null: nothing failed. What fails once the component is gone is shown as a notice. */
export function useWhy(): readonly [why: string | null, setWhy: (why: string | null) => void] {
  const [why, setWhy] = useState<string | null>(null);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const say = useCallback((failure: string | null): void => {
    if (isShown.current) setWhy(failure);
    else if (failure !== null) notify("bad", failure);
  }, []);
  return [why, say];
}
