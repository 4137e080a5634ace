// The graph itself, with its points, keys and legend. Loaded apart from the pane: nothing is drawn before a response.
import { type KeyboardEvent, useMemo, useState } from "react";
import { modeTraits } from "../../../server/contract/modes.js";
import { windowS } from "../../model/traces/latency-series.js";
import { lazyPart } from "../../platform/lazy-part.js";
import { useSelection } from "../../platform/selection.js";
import { type PlacedMark, pictureOf } from "./chart-layout.js";
import { LatencyPoints } from "./latency-points.js";
import { type Look, useLatencyChoice, zoomTo } from "./latency-state.js";
import { type ModeFigures, shapeOf } from "./mode-figures.js";
import { phaseKinds, phaseNames } from "./phase-series.js";
import { Plot } from "./plot.js";
import { PlotLayer } from "./plot-layer.js";
import type { Latency } from "./use-latency.js";
import { panned, widened, zoomInto } from "./zoom.js";
import "./latency.css";

const StoredBody = lazyPart(async () => (await import("./stored-body.js")).StoredBody);

interface LatencyBodyProps {
  readonly latency: Latency;
  readonly description: string;
}

export function LatencyBody(props: LatencyBodyProps) {
  const reach = useLatencyChoice((choice) => choice.reach);
  return reach === "stored" ? <StoredBody file={props.latency.file} /> : <LiveBody {...props} />;
}

function LiveBody({ latency, description }: LatencyBodyProps) {
  const look = useLatencyChoice((choice) => choice.look);
  const selectedId = useSelection((selection) => selection.traceId);
  const select = useSelection((selection) => selection.select);
  const [focusedId, setFocusedId] = useState<string | null>(null);
  const { drawing, placed, spots, marks, shown, slots } = useMemo(() => pictureOf(latency, look), [latency, look]);
  const focused = spots.find(({ traceId }) => traceId !== null && traceId === focusedId) ?? null;
  const zoomBy = (left: number, right: number): void => {
    const zoom = zoomInto(shown, left, right, slots);
    if (zoom) zoomTo(zoom);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { zoom, all, mode, points } = latency;
    const seqs = all.map((point) => point.seq);
    // Round the point that has the focus, else the newer half: that is where things happen.
    const focus = placed.find(({ point }) => point.id === focusedId)?.left;
    const filled = mode === "points" ? points.length / slots : 1;
    const left = Math.max(0, Math.min(filled / 2, (focus ?? filled) - filled / 4));
    const now = Date.now();
    const whole = { requests: 100, from: now - windowS * 1000, to: now };
    const time = { from: all[0]?.startedAt ?? now, to: now };
    if (event.key === "+" || event.key === "=") zoomBy(left, left + filled / 2);
    else if (event.key === "-" && zoom) zoomTo(widened(zoom, seqs, whole));
    else if ((event.key === "0" || event.key === "Escape") && zoom) zoomTo(null);
    else if (event.key === "ArrowLeft" && zoom) zoomTo(panned(zoom, -0.25, seqs, time));
    else if (event.key === "ArrowRight" && zoom) zoomTo(panned(zoom, 0.25, seqs, time));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      role="group"
      aria-label="Latency graph"
      aria-description={`${description}. Keys: plus and minus zoom, arrows move, 0 resets.`}
      className="ui-column latency-body"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys zoom and move
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Plot drawing={drawing}>
        <PlotLayer spots={spots} marks={marks} focused={focused} onSelect={select} onZoom={zoomBy}>
          <LatencyPoints
            points={placed}
            selectedId={selectedId}
            areBars={look === "phases" && latency.mode === "points"}
            areModesShown={latency.modes.length > 1}
            onSelect={select}
            onFocus={setFocusedId}
          />
        </PlotLayer>
      </Plot>
      <Legend
        mode={latency.mode}
        look={look}
        modes={latency.modes}
        names={phaseNames(latency.points)}
        marks={marks}
        hasLevels={drawing.levels.length > 0}
        hasAnswers={placed.some(({ point }) => !point.isFailed)}
        hasFailures={placed.some(({ point }) => point.isFailed)}
      />
    </div>
  );
}

interface LegendProps {
  readonly mode: "points" | "time";
  readonly look: Look;
  readonly modes: readonly ModeFigures[];
  readonly names: ReturnType<typeof phaseNames>;
  readonly marks: readonly PlacedMark[];
  readonly hasLevels: boolean;
  readonly hasAnswers: boolean;
  readonly hasFailures: boolean;
}

function Legend({ mode, look, modes, names, marks, hasLevels, hasAnswers, hasFailures }: LegendProps) {
  const areModes = look === "total" && modes.length > 0;
  const lines =
    look === "phases"
      ? phaseKinds.map((kind) => [kind, names[kind]] as const)
      : mode === "time" && !areModes
        ? (["p50", "p95", "p99"] as const).map((name) => [name, name] as const)
        : [];
  return (
    <p className="latency-legend">
      {lines.map(([line, words]) => (
        <span key={line} data-line={line}>
          {look === "phases" && "■ "}
          {words}
        </span>
      ))}
      {areModes &&
        modes.map((figures) => (
          <span key={figures.mode} style={{ color: `var(${modeTraits[figures.mode].colour})` }}>
            {signOf[shapeOf(figures.mode)]} {modeTraits[figures.mode].shortLabel}
            {mode === "time" && " p50"}
          </span>
        ))}
      {mode === "points" && look === "total" && !areModes && hasAnswers && (
        <span data-line="request">● one request; click to open its trace</span>
      )}
      {hasFailures && (
        <span className="ui-bad" data-line="failure">
          failure
        </span>
      )}
      {hasLevels && <span data-line="level">— p50</span>}
      {marks.length > 0 && <span className="ui-dim">┆ {markName(marks)}</span>}
    </p>
  );
}

const signOf = { circle: "●", square: "■" } as const;

function markName(marks: readonly PlacedMark[]): string {
  const saves = marks.filter((mark) => mark.is === "save").length;
  return saves === marks.length ? "file saved" : saves === 0 ? "mode changed" : "file saved or mode changed";
}
