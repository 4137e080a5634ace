// What happens when a request begins and when it ends: the trace log, the doctor, and all counts and reports of
// requests.
import { type Log, noteOf } from "../base/log.js";
import { defaultCaptureBytes, defaultMemoryBytes } from "../contract/limits.js";
import { traitsOf } from "../contract/modes.js";
import type { Site } from "../doctor/base/site.js";
import { Doctor } from "../doctor/engine/doctor.js";
import type { ExternalApplications } from "../runners/fastcgi/external-applications.js";
import { TraceLog } from "../trace/trace-log.js";
import type { TraceRecord } from "../trace/trace-record.js";
import type { TraceSink } from "../trace/trace-sink.js";
import { logMessage } from "./messages.js";
import { requestNote } from "./request-notes.js";

interface TraceParts {
  /** False: traces are not kept, and their streams not captured. */
  readonly recording: boolean;
  /** Path in the workspace of an absolute file; null if it lies outside. */
  readonly displayPath: (file: string) => string | null;
  /** The rules that the active configuration switches off. */
  readonly rulesOff: () => ReadonlySet<string>;
  /** The open folder; null: none is open, or its paths are not its files. */
  readonly site?: () => Site | null;
  /** The applications of the folder that is served; null while none is. */
  readonly applications: () => ExternalApplications | null;
  readonly log: Pick<Log, "write">;
  /** Called in addition, after the doctor's inline rules have run. */
  readonly onDidEnd?: (trace: TraceRecord) => void;
  /** Where ended traces are stored; null: nowhere. */
  readonly sink?: () => TraceSink | null;
  /** The next number in the open folder; null: none is open. */
  readonly nextSeq?: () => number | null;
  /** A trace that was read from the store lately; null: there is none. */
  readonly opened?: (id: string) => TraceRecord | null;
  /** The same, read now if it was not. */
  readonly open?: (id: string) => Promise<TraceRecord | null>;
  /** The number of traces or of running requests has changed. */
  readonly onCounts: () => void;
}

interface WiredTraces {
  readonly traces: TraceLog;
  readonly doctor: Doctor;
}

export function wireTraces(parts: TraceParts): WiredTraces {
  const { recording, displayPath, rulesOff, log, onCounts } = parts;
  const examine = (trace: TraceRecord): void => {
    doctor.ended(trace);
    const note = requestNote(trace);
    if (note) log.write(note);
    if (traitsOf(trace.route.mode)?.isExternal) parts.applications()?.noteEnded(trace);
    parts.onDidEnd?.(trace);
  };
  const traces = new TraceLog({
    budgetBytes: defaultMemoryBytes,
    captureBytes: defaultCaptureBytes,
    recording,
    displayPath,
    examine,
    onChange: onCounts,
    sink: () => parts.sink?.() ?? null,
    nextSeq: () => parts.nextSeq?.() ?? null,
    opened: (id) => parts.opened?.(id) ?? null,
    open: async (id) => (await parts.open?.(id)) ?? null,
  });
  const doctor = new Doctor({
    off: rulesOff,
    site: () => parts.site?.() ?? null,
    get: (id) => traces.get(id),
    bytesOf: (id) => traces.bytesOf(id),
    onExamined: (trace, found) => traces.examined(trace, found),
    onSkipped: () => log.write(noteOf("info", "workbench", logMessage("not-every-request-checked"))),
  });
  return { traces, doctor };
}
