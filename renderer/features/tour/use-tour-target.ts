// Marks the element that a step points at, for as long as it does. Views may render later: the element is then marked
// when it appears.
import { type RefObject, useEffect, useMemo } from "react";
import { type AnchorId, useFirstAnchored } from "../../platform/anchors.js";

const mark = "data-tour";
const inspector: readonly AnchorId[] = ["inspector"];

/**
 * The first marked element; the inspector while there is none; null without an inspector. `within`: the presentation,
 * behind which the same places may be once more.
 */
export function useTourTarget(places: readonly AnchorId[], within?: RefObject<HTMLElement | null>): HTMLElement | null {
  const everywhere = useFirstAnchored(places);
  const found = useMemo(
    () => everywhere.filter((element) => !within || within.current?.contains(element)),
    [everywhere, within],
  );
  const [whole = null] = useFirstAnchored(inspector);
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
  return first ?? whole;
}

const inPageOrder = (elements: readonly HTMLElement[]): readonly HTMLElement[] =>
  elements.toSorted((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
