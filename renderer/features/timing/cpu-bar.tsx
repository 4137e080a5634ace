// What the process did while it lived: its own code, the system's work for it, and waiting.
import type { ProcessInfo, Timing } from "../../../server/contract/trace.js";
import { formatMs } from "../../format/duration.js";

/** Parts of a process's life, ms; null when it is not known how long it lived or computed. */
interface CpuShares {
  readonly livedMs: number;
  readonly userMs: number;
  readonly systemMs: number;
  /** Neither: waiting for input, files, the network, or for a processor. Zero when several threads computed at once. */
  readonly waitingMs: number;
}

export function cpuShares(process: Pick<ProcessInfo, "userMs" | "systemMs">, timing: Timing): CpuShares | null {
  const { userMs, systemMs } = process;
  const end = timing.exitAt ?? timing.doneAt;
  // The process exists from the moment it was asked for; `spawnedAt` is when the start had succeeded.
  const begin = timing.admittedAt ?? timing.spawnedAt;
  if (userMs === null || systemMs === null || end === null || begin === null || end <= begin) return null;
  const livedMs = end - begin;
  return { livedMs, userMs, systemMs, waitingMs: Math.max(0, livedMs - userMs - systemMs) };
}

export function CpuBar({ shares }: { readonly shares: CpuShares }) {
  const { livedMs, userMs, systemMs, waitingMs } = shares;
  const cpuMs = userMs + systemMs;
  const whole = Math.max(livedMs, cpuMs);
  const parts = [
    { is: "script", name: "own code", ms: userMs },
    { is: "start", name: "system", ms: systemMs },
    { is: "wait", name: "waiting", ms: waitingMs },
  ] as const;
  return (
    <section className="timing-cpu" aria-label="CPU">
      <h3 className="timing-cpu-title">
        CPU <span className="ui-mono">{formatMs(cpuMs)}</span>
        <span className="ui-dim">
          {" "}
          of {formatMs(livedMs)} run time ({Math.round((cpuMs / livedMs) * 100)} %)
        </span>
      </h3>
      <div className="timing-cpu-bar" aria-hidden="true">
        {parts.map(
          ({ is, ms }) =>
            ms > 0 && <span key={is} data-is={is} className="timing-key" style={{ width: `${(ms / whole) * 100}%` }} />,
        )}
      </div>
      <p className="ui-small ui-dim timing-cpu-parts">
        {parts.map(({ is, name, ms }) => (
          <span key={is}>
            <span className="timing-key" data-is={is} aria-hidden="true" />
            {name} <span className="ui-mono">{formatMs(ms)}</span>
          </span>
        ))}
      </p>
    </section>
  );
}
