// The tour in the presentation: its card lies in the strip below, and so never covers what it explains.
import { type RefObject, useEffect, useMemo } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { type AnchorId, useFirstAnchored } from "../../platform/anchors.js";
import { Button } from "../../ui/button.js";
import { tourSteps } from "./tour-steps.js";
import "./tour.css";

interface TourStripProps {
  readonly trace: TraceView;
  /** From 0; null before and after the tour. */
  readonly step: number | null;
  readonly onStep: (step: number | null) => void;
  /** What a step points at is within it. */
  readonly within: RefObject<HTMLElement | null>;
}

export function TourStrip({ trace, step: at, onStep, within }: TourStripProps) {
  const steps = tourSteps(trace);
  const step = at === null ? undefined : steps[at];
  useTourTarget(step?.at ?? nowhere, within);
  const isOver = at !== null && step === undefined;
  useEffect(() => {
    if (isOver) onStep(null);
  }, [isOver, onStep]);
  if (at === null || !step)
    return (
      <section className="ui-column tour-strip" aria-label="Tour">
        <p className="tour-text">{`What happened in #${trace.seq}, from the first byte to the last, in ${steps.length} steps.`}</p>
        <div className="ui-row tour-buttons">
          <Button onClick={() => onStep(0)}>
            Explain #{trace.seq} <kbd className="ui-kbd">Space</kbd>
          </Button>
        </div>
      </section>
    );
  return (
    <section className="ui-column tour-strip" aria-label="Tour" data-step={at + 1}>
      <div className="tour-head">
        <h2 className="tour-title">{step.title}</h2>
        <span className="ui-dim ui-small ui-figures">
          {at + 1} of {steps.length}
        </span>
        <progress className="tour-progress" max={steps.length} value={at + 1} aria-label="Steps" />
      </div>
      <p className="tour-text" aria-live="polite">
        {step.text}
      </p>
      <div className="ui-row tour-buttons">
        <button type="button" className="ui-link tour-end" onClick={() => onStep(null)}>
          End tour
        </button>
        <Button disabled={at === 0} onClick={() => onStep(at - 1)}>
          Back
        </Button>
        <Button look="primary" onClick={() => onStep(at + 1)}>
          {at + 1 === steps.length ? "Done" : "Next"} <kbd className="ui-kbd">Space</kbd>
        </Button>
      </div>
    </section>
  );
}

const nowhere: readonly never[] = [];

const mark = "data-tour";

/**
 * Marks the elements that a step points at, for as long as it does, also those that appear later. `within`: the
 * presentation, behind which the same places may be once more.
 */
function useTourTarget(places: readonly AnchorId[], within: RefObject<HTMLElement | null>): void {
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
