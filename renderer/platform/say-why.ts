// Why something failed that was begun in a dialog or on a page: said there, and in a notice once that is gone.
import { useEffect, useRef } from "react";
import { notify } from "./notices.js";

/** Returns a function that says why. `show`: shows it in the component that called this, while there is one. */
export function useSayWhy(): (why: string, show: (why: string) => void) => void {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return (why, show) => (isShown.current ? show(why) : notify("bad", why));
}
