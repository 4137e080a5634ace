// One element, two refs.
import { type RefCallback, type RefObject, useCallback } from "react";

type ElementRef<E> = RefCallback<E> | RefObject<E | null>;

/** Both have to stay the same from render to render, or the element is let go and taken again each time. */
export function useJoinedRefs<E extends HTMLElement>(first: ElementRef<E>, second: RefCallback<E>): RefCallback<E> {
  return useCallback(
    (element: E) => {
      const ends = [first, second].map((ref) => attach(ref, element));
      return () => {
        for (const end of ends) end();
      };
    },
    [first, second],
  );
}

/** Answers with what lets the element go. */
function attach<E>(ref: ElementRef<E>, element: E): () => void {
  if (typeof ref === "function") return ref(element) ?? (() => undefined);
  ref.current = element;
  return () => {
    ref.current = null;
  };
}
