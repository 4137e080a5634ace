// The phases of a request to a FastCGI application: nothing is started for it. It waits for a process or a connection,
// is written down as records, answered, and ended by END_REQUEST; a step that never happened is named, so that no other
// phase takes its time.
import type { FastcgiTurn, Timing, TraceView } from "../../../server/contract/trace.js";
import type { PhaseEnd } from "./phase.js";

type Fastcgi = Pick<NonNullable<TraceView["fastcgi"]>, "readyAt" | "connectedAt" | "reused" | "records">;

/** What a row of the trace list has of a conversation. */
export const turnOf = ({ readyAt, connectedAt, reused, records }: Fastcgi): FastcgiTurn => ({
  readyAt,
  connectedAt: reused ? null : connectedAt,
  begunAt: records.find(({ direction }) => direction === "sent")?.at ?? null,
});

export function fastcgiSteps(timing: Timing, turn: FastcgiTurn): readonly PhaseEnd[] {
  const { headAt, admittedAt, doneAt } = timing;
  return [
    { at: headAt, name: "Request headers", is: "wait", what: "The request line and headers arrive." },
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
    return [{ at: over, name: "Queue", is: "wait", what: "The request waited for a free process and got none." }];
  const queue: PhaseEnd = {
    at: readyAt,
    name: "Queue",
    is: "wait",
    what: "The request waits for a free process or connection, or for a process to start.",
  };
  if (begunAt === null)
    return [
      queue,
      { at: over, name: "Connect", is: "start", what: "The gateway could not connect to the application." },
    ];
  return [
    queue,
    connectedAt === null
      ? {
          at: readyAt,
          name: "Reuse",
          is: "start",
          what: "The gateway reuses the connection of an earlier request.",
        }
      : { at: connectedAt, name: "Connect", is: "start", what: "The gateway connects to the application." },
    {
      at: begunAt,
      name: "Hand over",
      is: "start",
      what: "The gateway turns the request into records and sends the first one, BEGIN_REQUEST.",
    },
  ];
}

function answer({ firstByteAt, headersAt, lastByteAt, exitAt, doneAt }: Timing): readonly PhaseEnd[] {
  if (firstByteAt === null) {
    const what =
      exitAt === null
        ? "The connection closed before the application wrote anything."
        : "The request was stopped before the application wrote anything.";
    return [{ at: exitAt ?? doneAt, name: "No response", is: "script", what }];
  }
  return [
    {
      at: firstByteAt,
      name: "To first byte",
      is: "script",
      what: "The application works until its first output record arrives.",
    },
    { at: headersAt, name: "Headers", is: "script", what: "The application writes its headers up to the blank line." },
    { at: lastByteAt, name: "Body", is: "body", what: "The application writes its body." },
    exitAt === null
      ? { at: doneAt, name: "Cut off", is: "after", what: "The connection closed without END_REQUEST." }
      : {
          at: exitAt,
          name: "To end",
          is: "after",
          what: "The application has written all its output and ends the request with END_REQUEST.",
        },
  ];
}
