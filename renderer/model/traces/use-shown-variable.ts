// The variable that was asked for in a view of a trace: marked, and scrolled into sight each time it is asked for.
import { type RefCallback, useCallback, useEffect, useRef } from "react";
import { useInspectorState } from "./inspector-state.js";

/** Its name, null for none, and the ref for the element that shows it. */
export function useShownVariable(traceId: string): {
  readonly name: string | null;
  readonly ref: RefCallback<HTMLElement>;
} {
  const requested = useInspectorState((state) => state.variable);
  const shown = useRef<HTMLElement | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    shown.current = element;
  }, []);
  useEffect(() => {
    if (requested?.traceId === traceId) shown.current?.scrollIntoView({ block: "center" });
  }, [requested, traceId]);
  return { name: requested?.traceId === traceId ? requested.name : null, ref };
}
