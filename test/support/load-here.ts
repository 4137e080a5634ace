// The load of a benchmark, sent from the test's own process: sources have no built file to start.
import { claimed, type LoadNote, load, runLoad } from "../../server/client/load.js";
import type { StartLoad } from "../../server/client/load-process.js";

/** As server/boot/load-driver.ts, without a process of its own. */
export const loadHere: StartLoad = async () => {
  let hear: (message: unknown) => void = () => {};
  const waiting = new Map<number, () => void>();
  const report = (note: LoadNote): void => hear(note);
  const send = async (order: object): Promise<void> => {
    const result = await runLoad(load.parse(order), async ({ localAddress = "", localPort = 0 }) => {
      const acknowledged = new Promise<void>((resolve) => waiting.set(localPort, resolve));
      report({ kind: "connected", localAddress, localPort });
      await acknowledged;
    });
    report({ kind: "done", ...result });
  };
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return {
    send: (message) => {
      const answer = claimed.safeParse(message);
      if (answer.success) waiting.get(answer.data.claimed)?.();
      else void send(message);
    },
    listen: (onMessage) => {
      hear = onMessage;
    },
    ended,
    end: () => end(),
  };
};
