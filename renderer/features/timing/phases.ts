// A trace's moments as phases on one axis: each lasts from the last known moment before it to its own.
import type { Timing, TraceView } from "../../../server/contract/trace.js";

/** What the time went to. `is` chooses the colour: waiting is grey, the script blue, its body green. */
export interface Phase {
  readonly name: string;
  readonly is: "wait" | "start" | "script" | "body" | "after";
  /** ms since the request's first byte. */
  readonly from: number;
  readonly to: number;
  /** What happens in it, in a sentence. */
  readonly what: string;
}

type Fastcgi = Pick<NonNullable<TraceView["fastcgi"]>, "readyAt" | "connectedAt" | "reused" | "records">;
/** `begunAt`: when the application was told of the request. */
type Moments = Timing & { readonly readyAt?: number | null; readonly connectedAt?: number | null; readonly begunAt?: number | null };
interface Step {
  readonly moment: keyof Moments;
  readonly name: string;
  readonly is: Phase["is"];
  readonly what: string;
}

const steps: readonly Step[] = [
  { moment: "headAt", name: "Request head", is: "wait", what: "The request line and headers arrive." },
  { moment: "admittedAt", name: "Waiting", is: "wait", what: "The request waits for its body or for its turn." },
  { moment: "spawnedAt", name: "Start", is: "start", what: "The system starts the process." },
  { moment: "firstByteAt", name: "To first byte", is: "script", what: "The interpreter loads and the script runs until it writes." },
  { moment: "headersAt", name: "Headers", is: "script", what: "The script writes its headers up to the empty line." },
  { moment: "lastByteAt", name: "Body", is: "body", what: "The script writes its body." },
  { moment: "exitAt", name: "To exit", is: "after", what: "The script has written everything and ends." },
  { moment: "doneAt", name: "To the client", is: "after", what: "The last bytes go to the client." },
];

/** The same for an application that is kept running. */
const fastcgiSteps: readonly Step[] = [
  { moment: "headAt", name: "Request head", is: "wait", what: "The request line and headers arrive." },
  { moment: "admittedAt", name: "Waiting", is: "wait", what: "The request waits for its body or for its turn." },
  { moment: "readyAt", name: "Queue", is: "wait", what: "It waits for a worker that is free, or for one to start." },
  { moment: "connectedAt", name: "Connect", is: "start", what: "A connection to the application is opened." },
  { moment: "begunAt", name: "Hand over", is: "start", what: "The application is told of the request, by its first record." },
  { moment: "firstByteAt", name: "To first byte", is: "script", what: "The application works until it writes." },
  { moment: "headersAt", name: "Headers", is: "script", what: "The application writes its headers up to the empty line." },
  { moment: "lastByteAt", name: "Body", is: "body", what: "The application writes its body." },
  { moment: "exitAt", name: "To its end", is: "after", what: "The application has written everything and ends the request." },
  { moment: "doneAt", name: "To the client", is: "after", what: "The last bytes go to the client." },
];

/** The phases that happened, in order. A moment that lies before the one it follows makes a phase of no length. */
export function phasesOf(timing: Timing, fastcgi: Fastcgi | null = null): Phase[] {
  const phases: Phase[] = [];
  const moments: Moments = fastcgi === null ? timing : { ...timing, ...momentsOf(fastcgi) };
  let from = 0;
  for (const { moment, name, is, what } of fastcgi === null ? steps : fastcgiSteps) {
    const at = moments[moment] ?? null;
    if (at === null) continue;
    const to = Math.max(from, at);
    phases.push({ name, is, from, to, what });
    from = to;
  }
  return phases;
}

const momentsOf = ({ readyAt, connectedAt, reused, records }: Fastcgi): Partial<Moments> => ({
  readyAt,
  connectedAt: reused ? null : connectedAt, // a kept connection is there when its turn has come
  begunAt: records.find(({ direction }) => direction === "sent")?.at ?? null,
});

/** The end of the axis: the latest moment known, ms; at least a tenth, so that a scale has a length. */
export function endOf(timing: Timing): number {
  return Math.max(0.1, ...Object.values(timing).filter((at) => at !== null));
}

/** Round tick distances (1, 2 or 5 times a power of ten) so that about `wish` of them fit into `length`. */
export function ticksOf(length: number, wish: number): number[] {
  const rough = length / Math.max(1, wish);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power * 10;
  const ticks: number[] = [];
  for (let i = 0; i * step <= length * 1.0001; i++) ticks.push(i * step);
  return ticks;
}
