// What happens when a request begins and when it ends: the trace log and the doctor, and everything that counts or reports requests.
import type { Log } from "../base/log.js";
import { isFailed } from "../contract/failure.js";
import { defaultCaptureBytes, defaultMemoryBytes } from "../contract/limits.js";
import { traitsOf } from "../contract/modes.js";
import { Doctor } from "../doctor/engine/doctor.js";
import type { ExternalApplications } from "../runners/fastcgi/external-applications.js";
import { TraceLog } from "../trace/trace-log.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { subjectOf } from "../trace/trace-row.js";
import { Latency } from "./latency.js";
import { noteOf } from "./request-notes.js";

export interface TraceParts {
  /** False: traces are not kept, and their streams not captured. */
  readonly recording: boolean;
  /** Path in the workspace for an absolute file; null when it lies outside. */
  readonly displayPath: (file: string) => string | null;
  /** Rules that the configuration switches off, as it is now. */
  readonly rulesOff: () => ReadonlySet<string>;
  /** Those of the folder that is served now; null while none is. */
  readonly applications: () => ExternalApplications | null;
  readonly log: Pick<Log, "write">;
  /** Beside what happens anyway; the doctor's rules that cost next to nothing were asked. */
  readonly onDidEnd?: (trace: TraceRecord) => void;
  /** A count of traces or of running requests changed. */
  readonly onCounts: () => void;
}

export interface WiredTraces {
  readonly traces: TraceLog;
  readonly doctor: Doctor;
  readonly latency: Latency;
}

export function wireTraces(parts: TraceParts): WiredTraces {
  const { recording, displayPath, rulesOff, log, onCounts } = parts;
  const latency = new Latency();
  const examine = (trace: TraceRecord): boolean => {
    const isExaminedLater = doctor.ended(trace);
    const note = noteOf(trace);
    if (note) log.write(note);
    if (traitsOf(trace.route.mode)?.isExternal) parts.applications()?.noteEnded(trace);
    const { doneAt } = trace.timing;
    if (doneAt !== null && isTimed(trace)) latency.add(subjectOf(trace, displayPath), doneAt);
    parts.onDidEnd?.(trace);
    return isExaminedLater;
  };
  const traces = new TraceLog({
    budgetBytes: defaultMemoryBytes,
    captureBytes: defaultCaptureBytes,
    ...{ recording, displayPath, examine, onChange: onCounts },
  });
  const doctor = new Doctor({
    off: rulesOff,
    get: (id) => traces.get(id),
    onExamined: (trace, found) => traces.update(trace, found),
    onSettled: (id) => traces.settle(id),
    onSkipped: () =>
      log.write({
        level: "info",
        about: "workbench",
        message: "The doctor could not check every request under load. It checks each request that you select.",
      }),
  });
  return { traces, doctor, latency };
}

/** A failure is never part of a percentile: a fast error is no fast answer. */
const isTimed = ({ route, outcome, response }: TraceRecord): boolean =>
  route.kind === "script" && !isFailed({ outcome, status: response?.status ?? null });
