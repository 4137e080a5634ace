// The process of `bench` that sends the load. It announces each connection to its parent, which is the server, and
// reports what a round gave.
import { claimed, type LoadNote, load, runLoad } from "../client/load.js";

/** Connections that the parent has not acknowledged, by their local ports. */
const waiting = new Map<number, () => void>();
const report = (note: LoadNote): void => void process.send?.(note);

process.on("message", (message) => {
  const answer = claimed.safeParse(message);
  if (answer.success) waiting.get(answer.data.claimed)?.();
  else void send(message);
});
process.on("disconnect", () => process.exit());
// The terminal sends Ctrl+C to both; the parent ends this process.
process.on("SIGINT", () => {});

async function send(order: unknown): Promise<void> {
  const result = await runLoad(load.parse(order), async ({ localAddress = "", localPort = 0 }) => {
    const acknowledged = new Promise<void>((resolve) => waiting.set(localPort, resolve));
    report({ kind: "connected", localAddress, localPort });
    await acknowledged;
    waiting.delete(localPort);
  });
  report({ kind: "done", ...result });
}
