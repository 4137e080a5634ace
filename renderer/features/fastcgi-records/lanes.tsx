// The records on one axis of time: what was sent above, what came back below; a mark each, in the colour of its type.
import { type MouseEvent, useMemo } from "react";
import { formatMs, formatMsWithin } from "../../format/duration.js";
import { ticksOf } from "../../model/traces/phases.js";
import { recordLabel } from "./record-labels.js";
import { type FastcgiRecord, laneMarks, laneSlots, markOf } from "./record-lanes.js";

interface LanesProps {
  readonly records: readonly FastcgiRecord[];
  /** The end of the axis, ms. */
  readonly end: number;
  /** The chosen record. */
  readonly index: number;
  readonly onChoose: (index: number) => void;
}

export function Lanes({ records, end, index, onChoose }: LanesProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div role="group" aria-label="Records over time" className="records-lanes">
      <div className="records-scale" aria-hidden="true">
        {ticksOf(end, 4).map((at) => (
          <span key={at} style={{ left: `${(at / end) * 100}%` }}>
            {at === 0 ? "0" : formatMs(at).replace(/\.0 /, " ")}
          </span>
        ))}
      </div>
      <Lane title="→ app" name="Sent" direction="sent" records={records} end={end} index={index} onChoose={onChoose} />
      <Lane
        title="← app"
        name="Received"
        direction="received"
        records={records}
        end={end}
        index={index}
        onChoose={onChoose}
      />
    </div>
  );
}

interface LaneProps extends LanesProps {
  readonly title: string;
  readonly name: string;
  readonly direction: FastcgiRecord["direction"];
}

function Lane({ title, name, direction, records, end, index, onChoose }: LaneProps) {
  const marks = useMemo(() => laneMarks(records, direction, end), [records, direction, end]);
  const chosen = records[index]?.direction === direction ? markOf(marks, index) : undefined;
  const onClick = ({ currentTarget, clientX }: MouseEvent): void => {
    const box = currentTarget.getBoundingClientRect();
    const slot = ((clientX - box.left) / box.width) * laneSlots - 0.5;
    const [first] = marks;
    if (!first) return;
    onChoose(
      marks.reduce((best, mark) => (Math.abs(mark.slot - slot) < Math.abs(best.slot - slot) ? mark : best), first)
        .index,
    );
  };
  const count = records.filter((record) => record.direction === direction).length;
  return (
    <>
      <span className="ui-dim records-lane-title ui-mono" aria-hidden="true">
        {title}
      </span>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list below has the keys */}
      <div
        role="img"
        aria-label={`${name}: ${count === 1 ? "1 record" : `${count} records`}`}
        className="records-lane"
        data-lane={direction}
        onClick={onClick}
      >
        {marks.map((mark) => {
          const record = records[mark.index];
          if (!record) return null;
          const { name: type, tint } = recordLabel(record.type);
          const more = mark.count === 1 ? "" : ` and ${mark.count - 1} more`;
          return (
            <span
              key={mark.index}
              className="records-mark"
              data-colour={tint}
              data-end={record.contentLength === 0 || undefined}
              data-chosen={mark === chosen || undefined}
              title={`${type}${more}, ${formatMsWithin(record.at, end)}`}
              style={{ left: `${(mark.slot / laneSlots) * 100}%`, width: `calc(${100 / laneSlots}% - 1px)` }}
            />
          );
        })}
      </div>
    </>
  );
}
