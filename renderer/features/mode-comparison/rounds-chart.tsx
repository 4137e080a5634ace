// The rounds of each mode on one logarithmic scale: a dot is a round, the band their spread.
import type { CSSProperties } from "react";
import type { BenchFigures } from "../../../server/contract/command-output.js";
import type { Measurement } from "../../../server/contract/measure-contract.js";
import { modeTraits } from "../../../server/contract/modes.js";
import { formatCount } from "../../format/size.js";
import { formatRate } from "./figures.js";
import type { ModeColumn } from "./mode-columns.js";
import { dotTop, type RateScale, scaleOf } from "./rate-scale.js";

interface RoundsChartProps {
  readonly columns: readonly ModeColumn[];
  readonly measurement: Measurement;
}

export function RoundsChart({ columns, measurement: { verdict } }: RoundsChartProps) {
  const shown = columns.flatMap(({ measured }) => measured?.figures ?? []);
  const scale = scaleOf(shown.flatMap(({ rounds }) => rounds));
  const count = shown[0]?.rounds.length ?? 0;
  return (
    <section className="rail-box" aria-label="Benchmark">
      <h3>
        Benchmark{" "}
        <span className="ui-dim">
          Requests a second. {count} alternating rounds: a dot is a round, the band their spread.
        </span>
      </h3>
      <div className="rail-chart">
        {shown.map((figures) => (
          <Lane key={figures.mode} figures={figures} scale={scale} isChosen={figures.mode === verdict.mode} />
        ))}
        <div className="rail-lane rail-scale" aria-hidden="true">
          <span />
          <div>
            {scale.ticks.map((tick) => (
              <span key={tick} style={{ left: `${scale.at(tick)}%` }}>
                {formatCount(tick)}
              </span>
            ))}
          </div>
          <span />
        </div>
      </div>
    </section>
  );
}

function Lane({
  figures: { mode, rounds, perSecond },
  scale,
  isChosen,
}: {
  readonly figures: BenchFigures;
  readonly scale: RateScale;
  readonly isChosen: boolean;
}) {
  const least = Math.min(...rounds);
  const most = Math.max(...rounds);
  const colour: CSSProperties & Record<"--lane", string> = { "--lane": `var(${modeTraits[mode].colour})` };
  const range = `${formatRate(least)} to ${formatRate(most)}`;
  return (
    <div className="rail-lane" style={colour}>
      <span className={isChosen ? "ui-strong" : undefined}>{modeTraits[mode].label}</span>
      <div role="img" aria-label={`${modeTraits[mode].label}: ${formatRate(perSecond)} a second, ${range}`}>
        <span
          className="rail-band"
          style={{ left: `${scale.at(least)}%`, width: `${scale.at(most) - scale.at(least)}%` }}
        />
        {rounds.map((rate, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a round has no other name
          <span key={index} className="rail-dot" style={{ left: `${scale.at(rate)}%`, top: `${dotTop(index)}%` }} />
        ))}
      </div>
      <span className="ui-num">
        <b>{formatRate(perSecond)}</b> <span className="ui-dim">{range}</span>
      </span>
    </div>
  );
}
