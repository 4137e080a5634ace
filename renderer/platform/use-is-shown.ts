// Whether a component is still there when something that it began has ended.
import { useCallback, useEffect, useRef } from "react";

/** The returned function stays the same. */
export function useIsShown(): () => boolean {
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  return useCallback(() => isShown.current, []);
}
