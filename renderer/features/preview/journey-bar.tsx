// The line above the page: what it is, where it went, and the way back.
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import type { Journey } from "./use-journey.js";
import { placeLabel, placeSeq } from "./where.js";

interface JourneyBarProps {
  readonly journey: Journey;
  /** The number of the trace that the page began with. */
  readonly seq: number;
  readonly isRecorded: boolean;
  readonly go: (at: number) => void;
  /** The remarks about the recorded page. */
  readonly children: string;
}

export function JourneyBar({ journey, seq, isRecorded, go, children }: JourneyBarProps) {
  const { places, at } = journey;
  const place = at === 0 ? null : (places[at - 1] ?? null);
  const seqAt = (index: number): number | null => (index === 0 ? seq : placeSeq(places[index - 1] ?? []));
  const [back, forward] = [at > 0 ? seqAt(at - 1) : null, at < places.length ? seqAt(at + 1) : null];
  const words = place === null ? children : placeLabel(place, seqAt(at - 1), isRecorded);
  return (
    <div className="preview-bar">
      <p className="preview-remarks ui-dim" data-part="remarks" title={words}>
        {words}
      </p>
      {(place !== null || forward !== null) && (
        <p className="preview-ways">
          {place?.map((step) => (
            <Button key={step.id} size="small" onClick={() => useSelection.getState().select(step.id)}>
              {`Show #${step.seq}`}
            </Button>
          ))}
          {back !== null && (
            <Button size="small" onClick={() => go(at - 1)}>
              {`Back to #${back}`}
            </Button>
          )}
          {forward !== null && (
            <Button size="small" onClick={() => go(at + 1)}>
              {`Forward to #${forward}`}
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
