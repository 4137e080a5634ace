// Where the time went: phases on one axis, the streams' writes as ticks below them, then the
// same as a table, and the process's facts.
import { maxChunks } from "../../../server/contract/limits.js";
import { traitsOf } from "../../../server/contract/modes.js";
import type { StreamInfo, TraceView } from "../../../server/contract/trace.js";
import { formatMs, formatMsWithin } from "../../format/duration.js";
import { formatBytes, formatCount, ordinal } from "../../format/size.js";
import { turnOf } from "../../model/traces/fastcgi-phases.js";
import type { Phase } from "../../model/traces/phase.js";
import { endOf, phasesOf, ticksOf } from "../../model/traces/phases.js";
import { type FactColumn, FactTable } from "../../ui/fact-table.js";
import { ColdStartPart } from "./cold-start-part.js";
import { CpuBar, cpuShares } from "./cpu-bar.js";
import { fastcgiFacts, type TimingFact } from "./fastcgi-facts.js";
import { WriteLane } from "./write-lane.js";
import { isMerged } from "./writes.js";
import "./timing.css";

/** Opens a stream's tab at an offset. */
type OpenStream = (stream: "stdin" | "stdout" | "stderr" | "response", offset: number) => void;

export function TimingView({ trace, onOpen }: { readonly trace: TraceView; readonly onOpen: OpenStream }) {
  const phases = phasesOf(trace.timing, trace.fastcgi && turnOf(trace.fastcgi));
  const end = Math.max(
    endOf(trace.timing),
    ...[trace.stdin, trace.stdout, trace.stderr, trace.response?.body ?? null].map(
      (stream) => stream?.chunks.at(-1)?.at ?? 0,
    ),
  );
  return (
    <div className="ui-stack timing">
      <Axis trace={trace} phases={phases} end={end} onOpen={onOpen} />
      <PhaseTable phases={phases} end={end} sum={trace.outcome === null ? "So far" : "All"} />
      <ProcessFacts trace={trace} />
      <ColdStartPart trace={trace} />
    </div>
  );
}

const share = (ms: number, end: number): string => `${(ms / end) * 100}%`;

interface AxisProps {
  readonly trace: TraceView;
  readonly phases: readonly Phase[];
  readonly end: number;
  readonly onOpen: OpenStream;
}

function Axis({ trace, phases, end, onOpen }: AxisProps) {
  const streams: readonly (readonly [string, Parameters<OpenStream>[0], StreamInfo | null])[] = [
    ["stdin", "stdin", trace.stdin],
    ["stdout", "stdout", trace.stdout],
    ["stderr", "stderr", trace.stderr],
    ["response", "response", trace.response?.body ?? null],
  ];
  return (
    <div className="timing-axis">
      <div role="img" aria-label="Time axis">
        <div className="timing-track timing-scale" aria-hidden="true">
          <span />
          <div className="timing-lane">
            {ticksOf(end, 5).map((at) => (
              <span key={at} className="timing-scale-mark" style={{ left: share(at, end) }}>
                {at === 0 ? "0" : formatMs(at).replace(/\.0 /, " ")}
              </span>
            ))}
          </div>
        </div>
        {phases.map((phase) => (
          <div key={phase.name} className="timing-track">
            <span className="ui-small ui-dim timing-label">{phase.name}</span>
            <div className="timing-lane">
              <span
                className="timing-bar"
                data-is={phase.is}
                style={{ left: share(phase.from, end), width: `max(2px, ${share(phase.to - phase.from, end)})` }}
                title={`${phase.name}: ${formatMsWithin(phase.to - phase.from, end)}`}
              />
            </div>
          </div>
        ))}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" aria-label="Writes">
        {streams.map(
          ([name, tab, stream]) =>
            stream &&
            stream.bytes > 0 && (
              <WriteLane key={name} name={name} stream={stream} end={end} onOpen={(offset) => onOpen(tab, offset)} />
            ),
        )}
      </div>
      {streams.some(([, , stream]) => isMerged(stream)) && (
        <p className="ui-small timing-note ui-dim">
          Only {formatCount(maxChunks)} write times are kept for each stream. Later writes are merged into the last one,
          so its mark is too early.
        </p>
      )}
    </div>
  );
}

const phaseColumns: readonly FactColumn[] = [
  { title: "Phase" },
  { title: "Until", isNumber: true },
  { title: "Took", isNumber: true },
  { title: "What happens" },
];

interface PhaseTableProps {
  readonly phases: readonly Phase[];
  readonly end: number;
  readonly sum: string;
}

function PhaseTable({ phases, end, sum }: PhaseTableProps) {
  return (
    <FactTable label="Phases" columns={phaseColumns} className="timing-table">
      {phases.map((phase) => (
        <tr key={phase.name}>
          <th scope="row">
            <span className="timing-key" data-is={phase.is} aria-hidden="true" />
            {phase.name}
          </th>
          <td className="ui-num ui-mono">{formatMsWithin(phase.to, end)}</td>
          <td className="ui-num ui-mono">{formatMsWithin(phase.to - phase.from, end)}</td>
          <td className="ui-dim timing-what">{phase.what}</td>
        </tr>
      ))}
      <tr className="timing-sum">
        <th scope="row">{sum}</th>
        <td />
        <td className="ui-num ui-mono">{formatMsWithin(end, end)}</td>
        <td />
      </tr>
    </FactTable>
  );
}

/** Why there is no figure: at a start the system counts the parent's size in, so a smaller value means nothing. */
const unknownMemory = { native: "less than the server’s own", portable: "unknown with child_process" } as const;

function ProcessFacts({ trace }: { readonly trace: TraceView }) {
  const { process } = trace;
  const connections: readonly TimingFact[] = [
    ["Connection", `#${trace.connection.id}, its ${ordinal(trace.connection.nth)} request`],
    ["Client", `${trace.client.address}:${trace.client.port} (${trace.client.from})`],
  ];
  if (trace.fastcgi)
    return (
      <Facts
        name="FastCGI"
        facts={[
          ...fastcgiFacts(trace.fastcgi, traitsOf(trace.route.mode)?.isExternal === true, trace.outcome !== null),
          ...connections,
        ]}
      />
    );
  if (!process) return <p className="ui-dim">{whyNoProcess(trace)}</p>;
  const shares = cpuShares(process, trace.timing);
  const hasEnded = process.exitCode !== null || process.signal !== null;
  const facts: readonly TimingFact[] = [
    ["Process", process.pid === null ? null : String(process.pid)],
    ["Started", process.start === "native" ? "with posix_spawn" : "with child_process"],
    ["Start failed with", process.errno],
    ["Exit code", process.exitCode === null ? null : String(process.exitCode)],
    ["Ended by", process.signal],
    ["CPU, own code", process.userMs === null ? null : formatMs(process.userMs)],
    ["CPU, system", process.systemMs === null ? null : formatMs(process.systemMs)],
    [
      "Peak memory",
      process.maxRssKb !== null ? formatBytes(process.maxRssKb * 1024) : hasEnded ? unknownMemory[process.start] : null,
    ],
    ...connections,
  ];
  return (
    <>
      {shares && <CpuBar shares={shares} />}
      <Facts name="Process" facts={facts} />
    </>
  );
}

function Facts({ name: label, facts }: { readonly name: string; readonly facts: readonly TimingFact[] }) {
  return (
    <ul className="timing-facts" aria-label={label}>
      {facts.map(
        ([name, value]) =>
          value !== null && (
            <li key={name}>
              <span className="ui-dim">{name}</span> <span>{value}</span>
            </li>
          ),
      )}
    </ul>
  );
}

function whyNoProcess({ route, outcome }: TraceView): string {
  return outcome === null && route.kind === "script"
    ? "CPU time and memory are known when the program has ended."
    : "No program ran.";
}
