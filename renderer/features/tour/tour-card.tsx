// The card of the tour: it points at the part of the window it explains, takes the arrow keys and closes on Esc. It is
// not modal: the user can try everything meanwhile, and the tour waits.
import { Popover } from "@base-ui/react/popover";
import { type KeyboardEvent, useEffect, useMemo, useRef } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { usePresentation } from "../../platform/presentation.js";
import { Button, IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { type TourStep, tourSteps } from "./tour-steps.js";
import { endTour, goToStep, useTour } from "./tour-store.js";
import { useTourTarget } from "./use-tour-target.js";
import "../../ui/menu.css";
import "./tour.css";

export function TourCard() {
  const traceId = useTour((tour) => tour.traceId);
  const isPresenting = usePresentation(({ isOn }) => isOn); // which has a place of its own for the tour
  return traceId === null || isPresenting ? null : <TourOf traceId={traceId} />;
}

function TourOf({ traceId }: { readonly traceId: string }) {
  const { trace, error } = useTrace(traceId);
  // Cleared meanwhile, or lost with its server: there is nothing left to show.
  useEffect(() => {
    if (error !== null) endTour();
  }, [error]);
  return trace === null ? null : <CurrentStep trace={trace} />;
}

function CurrentStep({ trace }: { readonly trace: TraceView }) {
  const steps = useMemo(() => tourSteps(trace), [trace]);
  const reached = useTour((tour) => tour.step);
  // Another version may have remembered a step that this one has not.
  const number = Math.min(reached, steps.length - 1);
  const step = steps[number];
  return step ? <Card step={step} number={number} count={steps.length} /> : null;
}

function Card({ step, number, count }: { readonly step: TourStep; readonly number: number; readonly count: number }) {
  const { title, text, at } = step;
  const next = useRef<HTMLButtonElement>(null);
  // Each step opens its view, also when another one was chosen meanwhile.
  useEffect(() => showTab(step.tab), [step]);
  const pointed = useTourTarget(at);
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === "ArrowRight") goToStep(number + 1, count);
    if (key === "ArrowLeft") goToStep(number - 1, count);
  };
  return (
    <Popover.Root open onOpenChange={(_, { reason }) => reason === "escape-key" && endTour()}>
      <Popover.Portal>
        <Popover.Positioner
          className="ui-popup-place"
          anchor={pointed}
          side="left"
          sideOffset={14}
          collisionPadding={10}
          positionMethod="fixed"
        >
          <Popover.Popup
            className="ui-popup tour-card"
            initialFocus={next}
            finalFocus={false}
            onKeyDown={onKeyDown}
            data-step={number + 1}
          >
            <div className="tour-head">
              <span className="ui-dim ui-small ui-figures">
                What just happened · {number + 1} of {count}
              </span>
              <IconButton label="End the tour" hint="End the tour (Esc)" onClick={endTour} icon={CloseIcon} />
            </div>
            <Popover.Title className="tour-title" aria-live="polite">
              {title}
            </Popover.Title>
            <Popover.Description className="tour-text" aria-live="polite">
              {text}
            </Popover.Description>
            <div className="ui-row tour-buttons">
              <progress className="tour-progress" max={count} value={number + 1} aria-label="Steps" />
              <Button size="small" disabled={number === 0} onClick={() => goToStep(number - 1, count)}>
                Back
              </Button>
              <Button ref={next} size="small" look="primary" onClick={() => goToStep(number + 1, count)}>
                {number + 1 === count ? "Done" : "Next"}
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
