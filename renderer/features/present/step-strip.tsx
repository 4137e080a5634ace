// The requests as steps, with the one that is shown in the middle of its neighbours.
import { Fragment } from "react";
import type { TraceRow } from "../../../server/contract/trace.js";
import { statusText, statusTone } from "../../format/trace-labels.js";
import { IconButton } from "../../ui/button.js";
import { ArrowLeftIcon, ArrowRightIcon, RedirectedIcon } from "../../ui/icon.js";
import { splitTarget } from "../../ui/target-text.js";
import { leadsTo, stepsInSight } from "./steps.js";

const inSight = 3;

export function StepStrip({
  steps,
  at,
  onGo,
}: {
  readonly steps: readonly TraceRow[];
  readonly at: number;
  readonly onGo: (index: number) => void;
}) {
  const [from, to] = stepsInSight(steps.length, at, inSight);
  return (
    <nav className="ui-column present-steps" aria-label="Requests">
      <div className="present-steps-head ui-dim">
        <span>{steps.length <= inSight ? "Last requests" : `Requests ${from + 1} to ${to} of ${steps.length}`}</span>
        <span className="present-steps-keys">
          <IconButton
            label="Previous request"
            hint="Previous request (←)"
            disabled={at <= 0}
            onClick={() => onGo(at - 1)}
            icon={ArrowLeftIcon}
          />
          <IconButton
            label="Next request"
            hint="Next request (→)"
            disabled={at + 1 >= steps.length}
            onClick={() => onGo(at + 1)}
            icon={ArrowRightIcon}
          />
        </span>
      </div>
      <div className="ui-row present-chips">
        {steps.slice(from, to).map((step, index, shown) => {
          const before = shown[index - 1];
          const Arrow = before && leadsTo(before, step) ? RedirectedIcon : ArrowRightIcon;
          return (
            <Fragment key={step.id}>
              {before && <Arrow className="ui-faint" />}
              <Chip step={step} isShown={from + index === at} onGo={() => onGo(from + index)} />
            </Fragment>
          );
        })}
      </div>
    </nav>
  );
}

function Chip({
  step,
  isShown,
  onGo,
}: {
  readonly step: TraceRow;
  readonly isShown: boolean;
  readonly onGo: () => void;
}) {
  const { name, rest } = splitTarget(step.target, step.file);
  return (
    <button
      type="button"
      className="present-chip"
      aria-current={isShown ? "step" : undefined}
      title={`${step.method} ${step.target}`}
      onClick={onGo}
    >
      <span className="present-chip-line">
        <b>{step.method}</b> <b className={`ui-${statusTone(step)}`}>{statusText(step)}</b>{" "}
        <span className="ui-dim">#{step.seq}</span>
      </span>
      <span className="ui-dim ui-cut">{`${name}${rest}`}</span>
    </button>
  );
}
