// Requests at a steady rate, whatever the answers take (an open loop), and as many as
// possible at once; over a few kept connections.
import { Agent, get } from "node:http";
import { setTimeout as delay } from "node:timers/promises";

/** One request, its answer read to the end. Resolves with its status. */
function fetchOnce(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      response.on("error", reject).on("end", () => resolve(response.statusCode ?? 0));
      response.resume();
    }).on("error", reject);
  });
}

/** `count` requests, `concurrency` under way at a time. */
export async function sendMany(url: string, count: number, concurrency: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  let left = count;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await fetchOnce(url, agent);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  agent.destroy();
}

export interface SteadyResult {
  readonly sent: number;
  /** Answered per second, over the whole time. */
  readonly rate: number;
  readonly failed: number;
}

/** `perSecond` requests for `seconds`, each begun at its own moment. */
export async function sendSteadily(url: string, perSecond: number, seconds: number): Promise<SteadyResult> {
  // First in, first out keeps every connection in use: an idle one may be closed by the
  // server just as a request goes out on it.
  const agent = new Agent({ keepAlive: true, maxSockets: 64, scheduling: "fifo" });
  const began = performance.now();
  const total = perSecond * seconds;
  const running = new Set<Promise<void>>();
  let failed = 0;
  for (let sent = 0; sent < total; sent++) {
    const due = began + (sent * 1000) / perSecond;
    const early = due - performance.now();
    if (early > 1) await delay(early);
    const request = fetchOnce(url, agent).then(
      (status) => void (status === 200 || failed++),
      () => void failed++,
    );
    running.add(request);
    void request.finally(() => running.delete(request));
  }
  await Promise.all(running);
  const rate = total / ((performance.now() - began) / 1000);
  agent.destroy();
  return { sent: total, rate, failed };
}
