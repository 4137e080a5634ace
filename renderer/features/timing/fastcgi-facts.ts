// The Timing view's facts about a FastCGI exchange: who served it, how long it waited for a worker, and whether the
// connection was reused.
import type { TraceView } from "../../../server/contract/trace.js";
import { protocolStatusName } from "../../../server/protocol/fastcgi/record-types.js";
import { formatMs } from "../../format/duration.js";
import { ordinal } from "../../format/size.js";

type Fastcgi = NonNullable<TraceView["fastcgi"]>;

/** A name and its value; null: nothing to say. */
export type TimingFact = readonly [name: string, value: string | null];

/** `isOver`: the request is; what has not happened until then never will. */
export function fastcgiFacts(fastcgi: Fastcgi, isExternal: boolean, isOver: boolean): readonly TimingFact[] {
  const { worker, pid, nth, attempts, queuedAt, readyAt, appStatus, protocolStatus } = fastcgi;
  return [
    ["Served by", worker === null ? null : isExternal ? `${worker}, external application` : worker],
    [
      "Process",
      pid === null
        ? null
        : `${pid}${nth === null ? "" : nth === 1 ? ", started for this request" : `, its ${ordinal(nth)} request`}`,
    ],
    [
      "Waited for a worker",
      queuedAt === null
        ? null
        : readyAt === null
          ? isOver
            ? "until the end"
            : "still waiting"
          : formatMs(readyAt - queuedAt),
    ],
    ["FastCGI connection", connectionLabel(fastcgi, isOver)],
    ["Connections tried", attempts > 1 ? `${attempts}; Records shows why` : null],
    [
      "Ended with",
      appStatus === null || protocolStatus === null
        ? null
        : `appStatus ${appStatus}, ${protocolStatusName(protocolStatus)}`,
    ],
  ];
}

/** `kept from an earlier request`, `new, opened in 0.2 ms`. */
function connectionLabel({ reused, readyAt, connectedAt }: Fastcgi, isOver: boolean): string {
  if (reused) return "kept from an earlier request";
  if (connectedAt === null) return isOver ? "never opened" : "not opened yet";
  return readyAt === null ? "new" : `new, opened in ${formatMs(connectedAt - readyAt)}`;
}
