// What can be done with the trace in the inspector: send its request again, or stop it while it runs.
import { useState } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { useSelection } from "../../app/selection.js";
import type { Client } from "../../rpc/connection.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { bodyRange, useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { RepeatIcon, StopIcon } from "../../ui/icon.js";
import { resendable, toBase64 } from "./send-again.js";

const rangeBytes = 256 * 1024;

async function readBody(id: string, length: number): Promise<Uint8Array> {
  const body = new Uint8Array(length);
  for (let at = 0; at < length; ) {
    const piece = await bodyRange(id, "request-body", at, Math.min(rangeBytes, length - at));
    if (piece.length === 0) throw new Error("The server no longer holds the request’s body.");
    body.set(piece, at);
    at += piece.length;
  }
  return body;
}

async function sendAgain(client: Client, trace: TraceView): Promise<string> {
  const plan = resendable(trace);
  if (!plan.ok) throw new Error(plan.why);
  const body = plan.bodyBytes === 0 ? null : { base64: toBase64(await readBody(trace.id, plan.bodyBytes)) };
  return (await client.requests.send({ ...plan.request, body })).id;
}

/** `onProblem`: what went wrong, a sentence; null when nothing does. */
export function Actions({ trace, onProblem }: { readonly trace: TraceView; readonly onProblem: (problem: string | null) => void }) {
  const client = useClient();
  const [isSending, setIsSending] = useState(false);
  const plan = resendable(trace);
  const isRunning = trace.outcome === null;
  const fail = (error: unknown): void => onProblem(problemText(problemOf(error)));

  const send = (): void => {
    if (!client) return;
    onProblem(null);
    setIsSending(true);
    sendAgain(client, trace)
      .then((id) => useSelection.getState().showSent(id), fail)
      .finally(() => setIsSending(false));
  };
  const stop = (): void => {
    onProblem(null);
    client?.traces.stop({ id: trace.id }).catch(fail);
  };

  return (
    <>
      {isRunning && (
        <Button size="small" look="danger" onClick={stop} disabled={!client} hint="End the script: TERM, then KILL after 2 s">
          <StopIcon className="ui-icon" aria-hidden="true" />
          Stop
        </Button>
      )}
      <Button size="small" onClick={send} disabled={!client || !plan.ok || isSending} hint={plan.ok ? "Send the same request again" : plan.why}>
        <RepeatIcon className="ui-icon" aria-hidden="true" />
        Send again
      </Button>
    </>
  );
}
