// What a step points at, marked in the page for as long as it is pointed at. The views render when they like: what appears later is
// found later, and what is rendered anew is marked anew.
import { useEffect, useState } from "react";

const mark = "data-walk";
const inspector = 'section[aria-label="Trace"]';

/** The first element that is pointed at; the inspector itself while there is none, and null without one. */
export function usePointedAt(selectors: readonly string[]): Element | null {
  const [pointed, setPointed] = useState<Element | null>(null);
  const wanted = selectors.join("\n");
  useEffect(() => {
    let marked: readonly Element[] = [];
    const look = (): void => {
      const root = document.querySelector(inspector);
      const found = wanted
        .split("\n")
        .reduce<readonly Element[]>(
          (before, selector) => (before.length > 0 ? before : [...(root?.querySelectorAll(selector) ?? [])]),
          [],
        );
      for (const element of marked) if (!found.includes(element)) element.removeAttribute(mark);
      for (const element of found) element.setAttribute(mark, "");
      const [first] = found;
      if (first && first !== marked[0]) first.scrollIntoView({ block: "nearest" });
      marked = found;
      setPointed(first ?? root);
    };
    look();
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      for (const element of marked) element.removeAttribute(mark);
    };
  }, [wanted]);
  return pointed;
}
