// The writes of one stream on the time axis: a tick each, its size on hover or by the
// arrow keys; a click opens the stream there.
import { type CSSProperties, type KeyboardEvent, type PointerEvent, useMemo, useState } from "react";
import type { StreamInfo } from "../../../server/contract/trace.js";
import { formatMs } from "../../format/duration.js";
import { formatBytes, formatCount } from "../../format/size.js";
import { useEscape } from "../../ui/use-escape.js";
import { isMerged, nearestTick, type WriteTick, writeTicks } from "./writes.js";

interface WriteLaneProps {
  readonly name: string;
  readonly stream: StreamInfo;
  /** The end of the axis, ms. */
  readonly end: number;
  /** Opens the stream at an offset. */
  readonly onOpen: (offset: number) => void;
}

const share = (ms: number, end: number): number => Math.min(1, ms / end);

export function WriteLane({ name, stream, end, onOpen }: WriteLaneProps) {
  const ticks = useMemo(() => writeTicks(stream.chunks, end), [stream.chunks, end]);
  const [chosen, setChosen] = useState<number | null>(null);
  /** By key or focus: a card under the pointer is not announced. */
  const [isByKey, setByKey] = useState(false);
  const choose = (index: number, byKey: boolean): void => {
    setChosen(index);
    setByKey(byKey);
  };
  const tick = chosen === null ? undefined : ticks[chosen];
  const count = stream.chunks.length;

  // The card stays inside: at the left end it begins at its tick, at the right end it ends there.
  const place: CSSProperties & { readonly "--at": number } = { "--at": tick ? share(tick.at, end) : 0 };

  const onPointerMove = (event: PointerEvent<HTMLButtonElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    choose(nearestTick(ticks, ((event.clientX - box.left) / box.width) * end), false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const at = chosen ?? -1;
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: ticks.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    choose(Math.max(0, Math.min(ticks.length - 1, next)), true);
  };
  useEscape(tick !== undefined, () => setChosen(null));
  return (
    <div className="timing-track timing-track-writes">
      <span className="ui-small ui-dim timing-label">{name}</span>
      <button
        type="button"
        className="timing-lane timing-writes"
        aria-label={`${name}: ${count === 1 ? "1 write" : `${formatCount(count)} writes${isMerged(stream) ? " or more" : ""}`}, ${formatBytes(stream.bytes)}`}
        onPointerMove={onPointerMove}
        onPointerLeave={() => setChosen(null)}
        onFocus={(event) => event.currentTarget.matches(":focus-visible") && choose(0, true)}
        onBlur={() => setChosen(null)}
        onKeyDown={onKeyDown}
        onClick={() => onOpen(tick?.offset ?? 0)}
      >
        {ticks.map((one, index) => (
          <span
            key={one.offset}
            className="timing-tick"
            data-write={index + 1}
            data-chosen={index === chosen || undefined}
            style={{ left: `${share(one.at, end) * 100}%` }}
          />
        ))}
      </button>
      {tick && (
        <span role={isByKey ? "status" : undefined} className="ui-card timing-card" data-part="card" style={place}>
          {wordsOf(tick, chosen ?? 0, ticks)}
        </span>
      )}
    </div>
  );
}

function wordsOf(tick: WriteTick, index: number, ticks: readonly WriteTick[]): string {
  const before = ticks[index - 1];
  const first = ticks.slice(0, index).reduce((sum, { writes }) => sum + writes, 1);
  const which =
    tick.writes === 1
      ? `write ${formatCount(first)}`
      : `writes ${formatCount(first)} to ${formatCount(first + tick.writes - 1)}`;
  const when = tick.until > tick.at ? `${formatMs(tick.at)} to ${formatMs(tick.until)}` : `at ${formatMs(tick.at)}`;
  const gap = before ? `, ${formatMs(tick.at - before.until)} after the one before` : "";
  return `${which}: ${formatBytes(tick.bytes)} from 0x${tick.offset.toString(16)}, ${when}${gap}`;
}
