// How this user's commands reach the running server that has their folder open: over a socket in the user's private
// folder, which no other user can open. A command sends {root, service} on one line. If the server has that folder open
// and offers that service, a line comes back, and the connection is the service's.

import { readdir, rm } from "node:fs/promises";
import { connect, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { errorCode } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { jsonOf } from "../../base/json-of.js";
import { listen } from "../../base/listen.js";
import { noteOf } from "../../base/log.js";
import { runtimeFolder } from "../../base/runtime-folder.js";
import { processStart } from "../../workspace/lock/process-identity.js";
import { joinMessage } from "./messages.js";

const greeting = z.object({
  root: z.string(),
  service: z.enum(["window-link", "assistant", "script-tools", "debugger"]),
});
export type Service = z.infer<typeof greeting>["service"];
/** Has the connection until it settles. */
export type Serve = (socket: Socket) => Promise<void>;

const maxLineBytes = 16_384;
/** For one side to wait for the other's line: a process that was stopped stays connected. */
const silenceLimitMs = 5000;

interface JoinedWorkbench extends Pick<Workbench, "beforeEnd" | "log"> {
  readonly folder: { readonly current: { readonly root: string } | null };
}

/**
 * Serves commands until the workbench ends. A socket that cannot be made (its path is too long, no folder is private,
 * or the system has none) is no reason to end.
 * @param serviceOf null: the server does not offer it
 */
export async function serveCommands(
  workbench: JoinedWorkbench,
  serviceOf: (service: Service) => Serve | null,
  silenceMs = silenceLimitMs,
): Promise<void> {
  const { folder, log } = workbench;
  const connected = new Set<Socket>();
  const serve = async (socket: Socket): Promise<void> => {
    const { data: asked } = greeting.safeParse(jsonOf((await firstLine(socket, silenceMs)) ?? ""));
    const service = asked && asked.root === folder.current?.root ? serviceOf(asked.service) : null;
    if (service === null) return;
    socket.write("{}\n");
    await service(socket);
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connected.add(socket);
    socket.on("close", () => connected.delete(socket)).on("error", () => socket.destroy());
    serve(socket)
      .catch((error: unknown) => log.fault("A command that joined this server could not be served.", error))
      .finally(() => socket.destroySoon());
  });
  try {
    await runningServers();
    const path = join(await runtimeFolder(), `server-${process.pid}.sock`);
    await rm(path, { force: true }); // of a process with this number that was killed
    await listen(server, { path });
  } catch (error) {
    if (errorCode(error) === "") throw error; // a bug
    log.write(noteOf("warning", "workbench", joinMessage("server-not-joined", { systemText: errorText(error) })));
  }
  workbench.beforeEnd(async () => {
    server.close();
    for (const socket of connected) socket.destroy(); // a service would wait for its client
  });
}

/**
 * A connection to the server that has the folder open and offers the service; null: there is none.
 * @throws the system's error, or NoPrivateFolder
 */
export async function joinServer(root: string, service: Service, silenceMs = silenceLimitMs): Promise<Socket | null> {
  for (const path of await runningServers()) {
    const socket = connect({ path });
    socket.write(`${JSON.stringify({ root, service })}\n`);
    if ((await firstLine(socket, silenceMs)) !== null) return socket;
  }
  return null;
}

/** The sockets' paths. Those of servers that were killed are removed. */
async function runningServers(): Promise<string[]> {
  const folder = await runtimeFolder();
  const running: string[] = [];
  for (const name of await readdir(folder)) {
    const [, pid] = /^server-(\d+)\.sock$/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = join(folder, name);
    if ((await processStart(Number(pid))) === null) await rm(path, { force: true });
    else running.push(path);
  }
  return running;
}

/**
 * What follows the line stays in the socket. Null: the other side is gone, or said nothing.
 * @throws the system's error
 */
async function firstLine(socket: Socket, silenceMs: number): Promise<string | null> {
  try {
    return await lineOf(socket, silenceMs);
  } catch (error) {
    if (gone.has(errorCode(error))) return null;
    throw error;
  }
}
const gone: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ERR_STREAM_PREMATURE_CLOSE", // its time was over
]);

async function lineOf(socket: Socket, silenceMs: number): Promise<string | null> {
  const silent = (): void => void socket.destroy();
  socket.setTimeout(silenceMs).on("timeout", silent);
  let read = Buffer.alloc(0);
  for await (const part of socket.iterator({ destroyOnReturn: false })) {
    read = Buffer.concat([read, part]);
    const end = read.indexOf("\n");
    if (end < 0 && read.length <= maxLineBytes) continue;
    if (end < 0) break;
    socket.setTimeout(0).off("timeout", silent);
    if (end + 1 < read.length) socket.unshift(read.subarray(end + 1));
    return read.toString("utf8", 0, end);
  }
  socket.destroy();
  return null;
}
