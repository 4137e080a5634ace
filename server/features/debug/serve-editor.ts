// An editor speaks the Debug Adapter Protocol on a pair of streams. Its first request to launch or attach names the
// folder; if another server has that folder open, the messages go to that server.
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { z } from "zod";
import { DebugSession, type DebugSessionOptions } from "./debug-session.js";
import { DapReader, type DapRequest, framed } from "./debuggers/dap-framing.js";

interface EditorOptions extends Pick<DebugSessionOptions, "open"> {
  /** A connection to the server that has the folder open; null: this one debugs. */
  readonly join?: (folder: string) => Promise<Socket | null>;
}

const begin = z.object({ command: z.enum(["launch", "attach"]), arguments: z.object({ folder: z.string() }) });

/** Resolves when the editor has left, or wrote what is no message. */
export async function serveEditor(
  input: Readable,
  output: Writable,
  { open, join = async () => null }: EditorOptions,
): Promise<void> {
  let sequence = 0;
  const send = (message: object): void => void output.write(framed({ ...message, seq: ++sequence }));
  const session = new DebugSession({ from: "cli", open, event: (event) => send({ type: "event", ...event }) });
  let server: Socket | null = null;
  const end = (): void => {
    session.dispose();
    server?.destroy();
    input.pause();
  };
  await new Promise<void>((resolve, reject) => {
    const joined = (socket: Socket): Socket => {
      const reader = new DapReader(send);
      const leave = (): void => {
        send({ type: "event", event: "terminated" });
        resolve();
      };
      return socket
        .on("data", (bytes: Buffer) => void (reader.push(bytes) || socket.destroy()))
        .on("error", () => socket.destroy())
        .on("close", leave);
    };
    const take = async (request: DapRequest): Promise<void> => {
      const { data: first } = begin.safeParse(request);
      const socket = first && server === null ? await join(first.arguments.folder) : null;
      if (socket !== null) server = joined(socket);
      if (server !== null) return void server.write(framed(request));
      send(await session.take(request));
      if (request.command === "disconnect") resolve();
    };
    const reader = new DapReader((message) => {
      if (message.type === "request") take(message).catch(reject);
    });
    input.on("data", (bytes: Buffer) => void (reader.push(bytes) || resolve()));
    for (const event of ["end", "close", "error"]) input.on(event, () => resolve());
  }).finally(end);
}
