// A request that is sent as over a slow network, because a person wants to see what its client and its script do then.
import { setTimeout } from "node:timers/promises";
import type { Pace } from "../../contract/hold-contract.js";
import type { HttpExchange } from "./http-exchange.js";

/** Resolves after the latency, or when the exchange is aborted. Its bytes are slow from then on. */
export async function slowDown(exchange: HttpExchange, { latencyMs, upPerSecond, downPerSecond }: Pace): Promise<void> {
  const { trace, incoming } = exchange;
  const beganMs = performance.now();
  if (upPerSecond !== null) incoming.body.slowDown(upPerSecond);
  exchange.downPerSecond = downPerSecond;
  exchange.phase = "held";
  exchange.clock.suspend();
  const waits = new AbortController();
  const stopListening = exchange.exchangeAbort.onAbort(() => waits.abort());
  await setTimeout(latencyMs, null, { signal: waits.signal }).catch(() => null);
  stopListening();
  exchange.phase = "running";
  exchange.clock.resume();
  const at = beganMs - trace.t0Ms;
  const ms = performance.now() - beganMs;
  trace.held = [...(trace.held ?? []), { at, ms, moment: "start", ended: "slowed", edits: [] }];
}
