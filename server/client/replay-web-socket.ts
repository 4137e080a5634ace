// A recorded WebSocket once more: the client's messages in their order, each once the script has said as much as before
// it in the recording, or as much time has passed. So it takes no longer than it took.
import type { WebSocket } from "ws";
import { ProblemError } from "../base/problem.js";
import { traitsOf } from "../contract/modes.js";
import { messagesOf } from "../formats/web-socket/messages.js";
import { utf8Text } from "../protocol/byte-string.js";
import type { CapturedStream } from "../trace/captured-stream.js";
import type { TraceRecord } from "../trace/trace-record.js";
import { sendingMessage } from "./messages.js";
import { openWebSocket } from "./open-web-socket.js";

const kept = (stream: CapturedStream | null) => ({
  info: stream?.info() ?? null,
  bytes: stream?.read(0, stream.captured) ?? new Uint8Array(0),
});

/** @throws ProblemError when not all messages are known */
export async function replayWebSocket(
  to: Parameters<typeof openWebSocket>[0],
  trace: TraceRecord,
  decided: Parameters<typeof openWebSocket>[2],
  options: Omit<Parameters<typeof openWebSocket>[3], "onOpen">,
): Promise<TraceRecord> {
  const { seq, stdin, request } = trace;
  if (stdin && stdin.captured < stdin.bytes)
    throw new ProblemError(sendingMessage("body-not-kept", { seq, captured: stdin.captured, bytes: stdin.bytes }));
  return openWebSocket(to, request, decided, { ...options, onOpen: (socket) => void converse(socket, trace) });
}

async function converse(socket: WebSocket, { stdin, stdout, route, timing, cause }: TraceRecord): Promise<void> {
  const unit = traitsOf(route.mode)?.webSocket ?? "line";
  let heard = 0;
  let wake = (): void => {};
  socket.on("message", () => {
    heard++;
    wake();
  });
  socket.on("close", () => wake());
  /** Resolves when the script has said so much, or the connection is closed, or later. */
  const until = async (count: number, ms: number): Promise<void> => {
    const late = performance.now() + ms;
    while (heard < count && socket.readyState === socket.OPEN && performance.now() < late)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.max(1, late - performance.now()));
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
  };
  let said = 0;
  let lastAt = timing.headersAt ?? 0;
  for (const { from, bytes, at } of messagesOf(kept(stdin), kept(stdout), unit)) {
    if (from === "script") said++;
    else {
      await until(said, at - lastAt);
      if (socket.readyState !== socket.OPEN) return;
      socket.send(bytes, { binary: unit === "read" || utf8Text(bytes) === null });
      lastAt = at;
    }
  }
  // If the script ended it then, it may do so now.
  const isEndedByClient = cause?.code === "websocket-closed" || cause?.code === "client-gone";
  await until(isEndedByClient ? said : Number.POSITIVE_INFINITY, (timing.doneAt ?? lastAt) - lastAt);
  socket.close(1000);
}
