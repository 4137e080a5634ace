// The card of the walk: stands beside what it is about, takes the arrow keys, leaves on Esc. Not modal: everything can be tried
// meanwhile, and the walk waits.
import { Popover } from "@base-ui/react/popover";
import { type KeyboardEvent, useEffect, useRef } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { showTab } from "../../model/traces/inspector-state.js";
import { useTrace } from "../../model/traces/use-trace.js";
import { Button, IconButton } from "../../ui/button.js";
import { CloseIcon } from "../../ui/icon.js";
import { stepCount } from "./step-count.js";
import { type WalkStep, walkSteps } from "./tour-steps.js";
import { endWalk, goToStep, useWalk } from "./tour-store.js";
import { usePointedAt } from "./use-tour-target.js";
import "../../ui/menu.css";
import "./tour.css";

export function WalkCard() {
  const traceId = useWalk((walk) => walk.traceId);
  return traceId === null ? null : <Walking traceId={traceId} />;
}

function Walking({ traceId }: { readonly traceId: string }) {
  const { trace, error } = useTrace(traceId);
  // Cleared meanwhile, or gone with its server: there is nothing left to walk over.
  useEffect(() => {
    if (error !== null) endWalk();
  }, [error]);
  return trace === null ? null : <Step trace={trace} />;
}

function Step({ trace }: { readonly trace: TraceView }) {
  const number = useWalk((walk) => walk.step);
  const step = walkSteps(trace)[number];
  return step ? <Card step={step} number={number} /> : null;
}

function Card({ step, number }: { readonly step: WalkStep; readonly number: number }) {
  const { title, text, tab, at } = step;
  const next = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step opens its view, also when another one was chosen meanwhile
  useEffect(() => showTab(tab), [tab, number]);
  const pointed = usePointedAt(at);
  const onKeyDown = ({ key }: KeyboardEvent): void => {
    if (key === "ArrowRight") goToStep(number + 1);
    if (key === "ArrowLeft") goToStep(number - 1);
  };
  return (
    <Popover.Root open onOpenChange={(_, { reason }) => reason === "escape-key" && endWalk()}>
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
            className="ui-popup walk"
            initialFocus={next}
            finalFocus={false}
            onKeyDown={onKeyDown}
            data-step={number + 1}
          >
            <div className="walk-head">
              <span className="ui-dim walk-count">
                What just happened · {number + 1} of {stepCount}
              </span>
              <IconButton label="End the walk" hint="End the walk (Esc)" size="small" onClick={endWalk}>
                <CloseIcon className="ui-icon" aria-hidden="true" />
              </IconButton>
            </div>
            <Popover.Title className="walk-title" aria-live="polite">
              {title}
            </Popover.Title>
            <Popover.Description className="walk-text" aria-live="polite">
              {text}
            </Popover.Description>
            <div className="walk-ways">
              <progress className="walk-progress" max={stepCount} value={number + 1} aria-label="Steps" />
              <Button size="small" disabled={number === 0} onClick={() => goToStep(number - 1)}>
                Back
              </Button>
              <Button ref={next} size="small" look="primary" onClick={() => goToStep(number + 1)}>
                {number + 1 === stepCount ? "Done" : "Next"}
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
