// What a worker thread answers, within a time. A thread that fails or is too slow is ended.
import type { Worker } from "node:worker_threads";

export class SlowWorker extends Error {}

/** On a busy machine a thread that gets the processor seldom may take so many times its limit. */
const maxStretch = 6;

/**
 * The first message after `ask`. The limit counts while this process has the processor, in ms.
 * @throws SlowWorker, what the thread failed with, or the signal's reason
 */
export async function nextMessage<T>(
  worker: Worker,
  limitMs: number,
  ask: () => void = () => {},
  signal?: AbortSignal,
): Promise<T> {
  // Remove each listener by itself: `removeAllListeners` would remove Node's own
  // too, and no further message would arrive.
  let release = (): void => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      const onExit = (code: number): void => reject(new Error(`The worker thread exited with code ${code}.`));
      const onAbort = (): void => reject(signal?.reason);
      const used = process.cpuUsage();
      const since = performance.now();
      const check = (): void => {
        const { user, system } = process.cpuUsage(used);
        const isOver = (user + system) / 1000 >= limitMs || performance.now() - since >= limitMs * maxStretch;
        if (isOver) reject(new SlowWorker(`The worker thread did not respond within ${limitMs / 1000} s.`));
        else timer = setTimeout(check, limitMs);
      };
      let timer = setTimeout(check, limitMs);
      release = () => {
        clearTimeout(timer);
        worker.off("message", resolve).off("error", reject).off("exit", onExit);
        signal?.removeEventListener("abort", onAbort);
      };
      worker.on("message", resolve).on("error", reject).on("exit", onExit);
      signal?.addEventListener("abort", onAbort);
      ask();
    });
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    release();
  }
}
