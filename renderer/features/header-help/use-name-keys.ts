// Arrow keys go from one explained name to the next within a list, so that Tab stops once.
import { type RefCallback, useCallback } from "react";

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

/** For the element around the names. */
export function useNameKeys<E extends HTMLElement>(): RefCallback<E> {
  return useCallback((list: E) => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const names = [...list.querySelectorAll<HTMLElement>("[data-explained]")];
      const at = names.findIndex((name) => name.matches(":focus"));
      if (at < 0) return;
      const step = steps[event.key];
      const next =
        event.key === "Home"
          ? names[0]
          : event.key === "End"
            ? names.at(-1)
            : step === undefined
              ? undefined
              : names[at + step];
      if (step === undefined && next === undefined) return;
      event.preventDefault();
      next?.focus();
    };
    list.addEventListener("keydown", onKeyDown);
    return () => list.removeEventListener("keydown", onKeyDown);
  }, []);
}
