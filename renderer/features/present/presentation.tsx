// The presentation: page or script at the left, the X-ray at the right, below them the requests as steps and the
// tour's card. Stepping shows what was recorded and sends nothing.
import { useEffect, useRef } from "react";
import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import { useTraceRows } from "../../model/traces/trace-store.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { anchor } from "../../platform/anchors.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { leavePresentation, usePresentation } from "../../platform/presentation.js";
import { useSelection } from "../../platform/selection.js";
import { useJoinedRefs } from "../../ui/use-joined-refs.js";
import { HeldPlace } from "../hold/index.js";
import { useHasLesson } from "../lessons/index.js";
import { ExitButton } from "./exit-button.js";
import { PageHalf } from "./page-half.js";
import { StepStrip } from "./step-strip.js";
import { placeOf, stepsOf } from "./steps.js";
import { usePresentationKeys } from "./use-presentation-keys.js";
import { XrayHalf } from "./xray-half.js";
import "./present.css";

const StagePrediction = lazyPart(async () => (await import("../lessons/stage-prediction.js")).StagePrediction);
const TourStrip = lazyPart(async () => (await import("../tour/tour-strip.js")).TourStrip);

export function Presentation() {
  const isOn = usePresentation((store) => store.isOn);
  const id = useSelection(({ traceId }) => traceId);
  const isLost = isOn && id === null;
  useEffect(() => {
    if (isLost) leavePresentation();
  }, [isLost]);
  return isOn && id !== null ? <ShownPresentation id={id} /> : null;
}

const showTour = (tourStep: number | null): void => usePresentation.setState({ tourStep });

function ShownPresentation({ id }: { readonly id: string }) {
  const steps = stepsOf(useTraceRows());
  const tourStep = usePresentation((store) => store.tourStep);
  const hasLesson = useHasLesson();
  const { trace, error } = useTrace(id);
  const place = useRef<HTMLElement>(null);
  // Requests of others do not take the stage.
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
    useSelection.getState().select(step.id);
    place.current?.focus(); // the page that had it goes
  };
  /** The page went on: to a form's request, which says more than the page that follows it, else to where it is now. */
  const onWent = (went: readonly PreviewStep[]): void => {
    const next = went.find(({ method }) => method !== "GET") ?? went.at(-1);
    if (next) useSelection.getState().select(next.id);
  };
  const isAsking = usePresentation((store) => store.isAsking);
  usePresentationKeys(place, {
    onLeave: leavePresentation,
    onStep: (by) => isAsking || goTo(at + by),
    onTour: () => isAsking || showTour(tourStep === null ? 0 : tourStep + 1),
  });
  const shown = trace && (
    <>
      <PageHalf trace={trace} onWent={onWent} />
      <HeldPlace>
        <XrayHalf trace={trace} />
      </HeldPlace>
      <StepStrip steps={steps} at={at} onGo={goTo} />
      <TourStrip trace={trace} step={tourStep} onStep={showTour} within={place} />
    </>
  );
  return (
    <main
      ref={useJoinedRefs(place, anchor("presentation"))}
      className="present"
      aria-label="Presentation"
      tabIndex={-1}
      data-trace-id={trace?.id}
    >
      {hasLesson ? (
        <StagePrediction stage={place} exit={<ExitButton />}>
          {shown}
        </StagePrediction>
      ) : (
        shown
      )}
    </main>
  );
}
