// Marks the element that a step points at, for as long as it does. Views may render later: the element is then marked
// when it appears.
import { type RefObject, useEffect, useMemo } from "react";
import { type AnchorId, useFirstAnchored } from "../../platform/anchors.js";

const mark = "data-tour";

/** `within`: the presentation, behind which the same places may be once more. */
export function useTourTarget(places: readonly AnchorId[], within: RefObject<HTMLElement | null>): void {
  const everywhere = useFirstAnchored(places);
  const found = useMemo(() => everywhere.filter((element) => within.current?.contains(element)), [everywhere, within]);
  const first = inPageOrder(found)[0] ?? null;
  useEffect(() => {
    for (const element of found) element.setAttribute(mark, "");
    return () => {
      for (const element of found) element.removeAttribute(mark);
    };
  }, [found]);
  useEffect(() => {
    first?.scrollIntoView({ block: "nearest" }); // newer browsers return a promise, which would not do as a clean-up
  }, [first]);
}

const inPageOrder = (elements: readonly HTMLElement[]): readonly HTMLElement[] =>
  elements.toSorted((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
