// A trace's moments as phases on one axis: each lasts from the last known moment before it to its own.
import type { FastcgiTurn, Timing } from "../../../server/contract/trace.js";
import { fastcgiSteps } from "./fastcgi-phases.js";
import type { Phase, PhaseEnd } from "./phase.js";

/**
 * The phases that happened, in order. A moment that lies before the one it follows makes a phase of
 * no length. `turn`: of a FastCGI request.
 */
export function phasesOf(timing: Timing, turn: FastcgiTurn | null = null): Phase[] {
  const phases: Phase[] = [];
  let from = 0;
  for (const { at, name, is, what } of turn === null ? processSteps(timing) : fastcgiSteps(timing, turn)) {
    if (at === null) continue;
    const to = Math.max(from, at);
    phases.push({ name, is, from, to, what });
    from = to;
  }
  return phases;
}

/** The phases of a process that is there for one request. */
const processSteps = ({
  headAt,
  admittedAt,
  spawnedAt,
  firstByteAt,
  headersAt,
  lastByteAt,
  exitAt,
  doneAt,
}: Timing): readonly PhaseEnd[] => [
  { at: headAt, name: "Request headers", is: "wait", what: "The request line and headers arrive." },
  {
    at: admittedAt,
    name: "Waiting",
    is: "wait",
    what: "The request waits for its body or for its turn (limits.concurrency).",
  },
  { at: spawnedAt, name: "Start", is: "start", what: "The system starts the process." },
  {
    at: firstByteAt,
    name: "To first byte",
    is: "script",
    what: "The interpreter loads, and the script runs until its first write.",
  },
  { at: headersAt, name: "Headers", is: "script", what: "The script writes its headers up to the blank line." },
  { at: lastByteAt, name: "Body", is: "body", what: "The script writes its body." },
  { at: exitAt, name: "To exit", is: "after", what: "The script has written all its output and exits." },
  { at: doneAt, name: "To the client", is: "after", what: "The last bytes go to the client." },
];

/** The end of the axis: the latest moment known, ms; at least a tenth, so that a scale has a length. */
export function endOf(timing: Timing): number {
  return Math.max(0.1, ...Object.values(timing).filter((at) => at !== null));
}

/** Round tick distances (1, 2 or 5 times a power of ten) so that about `count` of them fit into `length`. */
export function ticksOf(length: number, count: number): number[] {
  const rough = length / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough) ?? power * 10;
  const ticks: number[] = [];
  for (let i = 0; i * step <= length * 1.0001; i++) ticks.push(i * step);
  return ticks;
}
