// The presentation: page or script at the left, the X-ray at the right, below them the requests as steps and the
// tour's card. Stepping shows what was recorded and sends nothing.
import { useEffect, useRef, useState } from "react";
import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import { useTraceRows } from "../../model/traces/trace-store.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { anchor } from "../../platform/anchors.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { leavePresentation, usePresentation } from "../../platform/presentation.js";
import { useSelection } from "../../platform/selection.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { HeldPlace } from "../hold/index.js";
import { PageHalf } from "./page-half.js";
import { StepStrip } from "./step-strip.js";
import { placeOf, stepsOf } from "./steps.js";
import { usePresentationKeys } from "./use-presentation-keys.js";
import { XrayHalf } from "./xray-half.js";
import "./present.css";

const TourStrip = lazyPart(async () => (await import("../tour/tour-strip.js")).TourStrip);

export function Presentation() {
  const isOn = usePresentation((store) => store.isOn);
  const begun = usePresentation((store) => store.traceId);
  return isOn && begun !== null ? <ShownPresentation begunWith={begun} /> : null;
}

function ShownPresentation({ begunWith }: { readonly begunWith: string }) {
  const steps = stepsOf(useTraceRows());
  const [id, setId] = useState(begunWith);
  const [tourStep, setTourStep] = useState<number | null>(null);
  const { trace, error } = useTrace(id);
  const place = useRef<HTMLElement>(null);
  // What is selected behind the presentation stays so.
  useEffect(() => useSelection.getState().hold(), []);
  useEffect(() => {
    const before = document.activeElement;
    place.current?.focus();
    return () => {
      // One frame later the workbench can take it again.
      requestAnimationFrame(() => before instanceof HTMLElement && before.isConnected && before.focus());
    };
  }, []);
  // Cleared, or lost with its server: there is nothing left to show.
  useEffect(() => {
    if (error !== null) leavePresentation();
  }, [error]);
  const at = placeOf(steps, id);
  const goTo = (index: number): void => {
    const step = steps[index];
    if (!step) return;
    setId(step.id);
    place.current?.focus(); // the page that had it goes
  };
  /** The page went on: to a form's request, which says more than the page that follows it, else to where it is now. */
  const onWent = (went: readonly PreviewStep[]): void => {
    const next = went.find(({ method }) => method !== "GET") ?? went.at(-1);
    if (next) setId(next.id);
  };
  usePresentationKeys(place, {
    onLeave: leavePresentation,
    onStep: (by) => goTo(at + by),
    onTour: () => setTourStep((step) => (step === null ? 0 : step + 1)),
  });
  return (
    <main
      ref={useJoinedRefs(place, anchor("presentation"))}
      className="present"
      aria-label="Presentation"
      tabIndex={-1}
      data-trace-id={trace?.id}
    >
      {trace && trace.id === id && (
        <>
          <PageHalf trace={trace} onWent={onWent} />
          <HeldPlace>
            <XrayHalf trace={trace} />
          </HeldPlace>
          <StepStrip steps={steps} at={at} onGo={goTo} />
          <TourStrip trace={trace} step={tourStep} onStep={setTourStep} within={place} />
        </>
      )}
    </main>
  );
}
