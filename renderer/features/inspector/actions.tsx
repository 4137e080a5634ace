// What can be done with the trace in the inspector: send its request again, stop
// it while it runs, and the rest in a menu.
import { useState } from "react";
import type { TraceView } from "../../../server/contract/trace.js";
import { hintOf } from "../../platform/command-registry.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { useClient } from "../../rpc/store.js";
import { Button } from "../../ui/button.js";
import { MoreIcon, RepeatIcon, StopIcon } from "../../ui/icon.js";
import { IconMenu } from "../../ui/icon-menu.js";
import { sendAgain, stopTrace, TraceItems } from "../traces/index.js";

/** `onProblem`: what went wrong, a sentence; null when nothing does. */
export function Actions({
  trace,
  onProblem,
}: {
  readonly trace: TraceView;
  readonly onProblem: (problem: string | null) => void;
}) {
  const client = useClient();
  const [isSending, setIsSending] = useState(false);
  const why = whyNotAgain(trace);
  const isRunning = trace.outcome === null;
  const fail = (error: unknown): void => onProblem(problemText(problemOf(error)));

  const send = (): void => {
    onProblem(null);
    setIsSending(true);
    sendAgain(trace.id)
      .catch(fail)
      .finally(() => setIsSending(false));
  };
  const stop = (): void => {
    onProblem(null);
    stopTrace(trace.id).catch(fail);
  };

  return (
    <>
      {isRunning && (
        <Button
          size="small"
          look="danger"
          aria-label="Stop"
          onClick={stop}
          disabled={!client}
          hint="Stop the script: SIGTERM, then SIGKILL after 2 s"
        >
          <StopIcon />
          <span className="inspector-word">Stop</span>
        </Button>
      )}
      <Button
        size="small"
        aria-label="Send again"
        onClick={send}
        disabled={!client || why !== null || isSending}
        hint={why ?? hintOf("trace.sendAgain", "Send the same request again")}
      >
        <RepeatIcon />
        <span className="inspector-word">Send again</span>
      </Button>
      <IconMenu label="More actions" icon={MoreIcon}>
        <TraceItems />
      </IconMenu>
    </>
  );
}

/** A sentence; null when it can. */
export function whyNotAgain({ request }: Pick<TraceView, "request">): string | null {
  if (request.head === "" && request.method === "") return "No byte of this request was read.";
  return request.body.captured < request.body.bytes ? "Only the beginning of its request body was kept." : null;
}
