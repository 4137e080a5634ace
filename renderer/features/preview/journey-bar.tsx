// The line above the page: what it is, where it went, and the way back.

import type { PreviewStep } from "../../../server/contract/preview-contract.js";
import { useSelection } from "../../platform/selection.js";
import { Button } from "../../ui/button.js";
import type { Journey } from "./use-journey.js";

/** The number of the request that the page came with; null when there was none. */
const placeSeq = (place: readonly PreviewStep[]): number | null => place.at(-1)?.seq ?? null;

/** `from`: the number of the place before. `isRecorded`: the page is its recorded response. */
function placeLabel(place: readonly PreviewStep[], from: number | null, isRecorded: boolean): string {
  const seq = placeSeq(place);
  if (seq === null)
    return `The page ${from === null ? "moved on" : `left #${from}`} without a request to this server: the next one is cached, or of another site.`;
  const steps = place.map(({ seq: number, method, status }, index) =>
    index === place.length - 1 ? `${method} #${number}` : `${method} #${number} → ${status ?? "…"} → `,
  );
  const at = `You are at #${seq} (${steps.join("")}).`;
  return isRecorded ? `${at} Shown as recorded: the script was not run again.` : at;
}

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
  const back = at > 0 ? seqAt(at - 1) : null;
  const forward = at < places.length ? seqAt(at + 1) : null;
  const words = place === null ? children : placeLabel(place, seqAt(at - 1), isRecorded);
  return (
    <div>
      <p className="ui-small ui-clamp preview-remarks ui-dim" data-part="remarks" title={words}>
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
