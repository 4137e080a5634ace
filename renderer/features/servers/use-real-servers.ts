// The real servers' answers to a trace's request. They are asked one after the other, when the user wants them, and
// kept while the trace is shown.
import { useEffect, useRef, useState } from "react";
import type { ServerAnswer } from "../../../server/contract/servers-contract.js";
import { isConnectionLost, problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

interface Real {
  readonly traceId: string;
  readonly answers: ReadonlyMap<string, ServerAnswer>;
  /** The name of the server that is asked now; null: none. */
  readonly asking: string | null;
  readonly failed: string | null;
}
const none = { answers: new Map<string, ServerAnswer>(), asking: null, failed: null };

export function useRealServers(traceId: string) {
  const [real, setReal] = useState<Real>({ ...none, traceId });
  const stop = useRef<AbortController | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another trace ends what was asked for the last one
  useEffect(() => () => stop.current?.abort(), [traceId]);
  const shown = real.traceId === traceId ? real : { ...none, traceId };

  const ask = async (servers: readonly ServerAnswer[]): Promise<void> => {
    const controller = new AbortController();
    stop.current = controller;
    const { signal } = controller;
    const answers = new Map<string, ServerAnswer>();
    let failed: string | null = null;
    try {
      for (const { id, name } of servers) {
        setReal({ traceId, answers: new Map(answers), asking: name, failed });
        answers.set(id, await connected().servers.ask({ id: traceId, server: id }, { signal }));
      }
    } catch (error) {
      if (!signal.aborted) failed = isConnectionLost(error) ? "The server ended." : problemText(problemOf(error));
    }
    if (stop.current === controller) setReal({ traceId, answers, asking: null, failed });
  };
  return { ...shown, ask, stop: () => stop.current?.abort() };
}
