// Responds to a request that the reader refused, with a proper page and a trace with its raw bytes.
import { byteString } from "../../protocol/byte-string.js";
import { fieldMessage } from "../../protocol/framing-messages.js";
import { CapturedStream } from "../../trace/captured-stream.js";
import { frameResponse } from "../exchange/framed-response.js";
import type { Refused } from "../front/incoming.js";
import { requestFaultMessage } from "../front/messages.js";
import { errorPage } from "../response/error-page.js";
import { writeAndClose } from "../response/write-and-close.js";
import type { GatewayDeps } from "./gateway-deps.js";

const connectionField = byteString("Connection");
const afterMalformed = [connectionField, fieldMessage("close-after-malformed")] as const;

/** Resolves when the response is out and the trace complete. */
export async function respondToRefused(
  refused: Refused,
  { traces, settings, overrides }: Pick<GatewayDeps, "traces" | "settings" | "overrides">,
): Promise<void> {
  const { connection, head, t0Ms, status, outcome, cause, socket } = refused;
  const override = overrides.lookup(connection);
  const trace = traces.begin({
    t0Ms,
    client: { address: connection.remoteAddress, port: connection.remotePort, from: override?.from ?? "other" },
    connection: { id: connection.id, nth: refused.nth },
    parent: override?.parent ?? null,
    request: { head, ...guessRequestLine(head), headers: [] },
  });
  override?.onTrace(trace);
  trace.outcome = outcome;
  trace.cause = cause;
  if (status !== null && socket.writable) {
    const page = errorPage(status, cause, trace.seq);
    const framed = frameResponse(
      { status, reason: byteString(""), headers: page.headers },
      {
        request: { method: trace.request.method, httpVersion: "1.1" },
        length: page.body.length,
        isClosing: true,
        serverSoftware: settings().serverSoftware,
      },
    );
    const { reason, headers, framing, added, changed, dropped } = framed;
    const isMalformed = requestFaultMessage.is(cause, ...requestFaultMessage.codes);
    trace.response = {
      status,
      reason,
      headers,
      framing,
      added: isMalformed ? added.map((field) => (field[0] === connectionField ? afterMalformed : field)) : added,
      changed,
      dropped,
      interim: [],
      body: new CapturedStream(traces.captureBytes),
    };
    if (framing !== "none") trace.response.body.add(page.body, performance.now() - t0Ms);
    await writeAndClose(socket, framed, page.body);
  }
  trace.timing.doneAt = performance.now() - t0Ms;
  traces.end(trace);
}

/** For the list of traces: the words where method and target belong. */
function guessRequestLine(head: string) {
  const [, method, target, version] = /^(\S+)(?: (\S+))?(?: HTTP\/(\S+))?/.exec(head) ?? [];
  return {
    method: byteString((method ?? "").slice(0, 64)),
    target: byteString(target ?? ""),
    httpVersion: version ?? "",
  };
}
