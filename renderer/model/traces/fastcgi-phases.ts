// The phases of a request to a FastCGI application: nothing is started for it. It waits for a process or a connection, is written down as
// records, answered, and ended by END_REQUEST; whatever of that never came about is said, so that no other phase takes its time.
import type { FastcgiTurn, Timing, TraceView } from "../../../server/contract/trace.js";
import type { PhaseEnd } from "./phase.js";

type Fastcgi = Pick<NonNullable<TraceView["fastcgi"]>, "readyAt" | "connectedAt" | "reused" | "records">;

/** As a row of the trace list has it. */
export const turnOf = ({ readyAt, connectedAt, reused, records }: Fastcgi): FastcgiTurn => ({
  readyAt,
  connectedAt: reused ? null : connectedAt,
  begunAt: records.find(({ direction }) => direction === "sent")?.at ?? null,
});

export function fastcgiSteps(timing: Timing, turn: FastcgiTurn): readonly PhaseEnd[] {
  const { headAt, admittedAt, doneAt } = timing;
  return [
    { at: headAt, name: "Request head", is: "wait", what: "The request line and headers arrive." },
    {
      at: admittedAt,
      name: "Waiting",
      is: "wait",
      what: "The request waits for its body or for its turn (limits.concurrency).",
    },
    ...untilBegun(timing, turn),
    ...(turn.begunAt === null ? [] : answer(timing)),
    { at: doneAt, name: "To the client", is: "after", what: "The last bytes go to the client." },
  ];
}

function untilBegun({ exitAt, doneAt }: Timing, { readyAt, connectedAt, begunAt }: FastcgiTurn): readonly PhaseEnd[] {
  const over = exitAt ?? doneAt;
  if (readyAt === null)
    return [{ at: over, name: "Queue", is: "wait", what: "It waited for a process that is free, and got none." }];
  const queue: PhaseEnd = {
    at: readyAt,
    name: "Queue",
    is: "wait",
    what: "It waits for a process or a connection that is free, or for a process to start.",
  };
  if (begunAt === null)
    return [queue, { at: over, name: "Connect", is: "start", what: "No connection to the application came about." }];
  return [
    queue,
    connectedAt === null
      ? {
          at: readyAt,
          name: "Reuse",
          is: "start",
          what: "An earlier request left a connection open: it is used again.",
        }
      : { at: connectedAt, name: "Connect", is: "start", what: "A connection to the application is opened." },
    {
      at: begunAt,
      name: "Hand over",
      is: "start",
      what: "The request becomes records, and the first of them, BEGIN_REQUEST, is sent.",
    },
  ];
}

function answer({ firstByteAt, headersAt, lastByteAt, exitAt, doneAt }: Timing): readonly PhaseEnd[] {
  if (firstByteAt === null) {
    const what =
      exitAt === null
        ? "The connection ended before the application had written anything."
        : "The request was ended before the application had written anything.";
    return [{ at: exitAt ?? doneAt, name: "No answer", is: "script", what }];
  }
  return [
    {
      at: firstByteAt,
      name: "To first byte",
      is: "script",
      what: "The application works until its first record of output comes.",
    },
    { at: headersAt, name: "Headers", is: "script", what: "The application writes its headers up to the empty line." },
    { at: lastByteAt, name: "Body", is: "body", what: "The application writes its body." },
    exitAt === null
      ? { at: doneAt, name: "Broken off", is: "after", what: "The connection ended without END_REQUEST." }
      : {
          at: exitAt,
          name: "To its end",
          is: "after",
          what: "The application has written everything and ends the request: END_REQUEST.",
        },
  ];
}
