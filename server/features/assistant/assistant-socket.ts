// How `cgi-workbench mcp` joins the server that has its folder open: it sends one line, {root, isTools}, and speaks MCP
// once a line has come back. Without that line another folder is open.
import { connect, createServer, type Socket } from "node:net";
import { z } from "zod";
import type { Workbench } from "../../app/workbench.js";
import { errorCode } from "../../base/disk.js";
import { errorText } from "../../base/error-text.js";
import { noteOf } from "../../base/log.js";
import { isGone, listenAs, runningSockets } from "../../workspace/lock/process-sockets.js";
import { assistantMessage } from "./messages.js";

const greeting = z.object({ root: z.string(), isTools: z.boolean() });
type Greeting = z.infer<typeof greeting>;

const maxLineBytes = 16_384;
/** For one side to wait for the other's line. */
const silenceMs = 5000;

/**
 * Takes in assistants until the workbench ends. A socket that cannot be made (its path is too long, no folder is
 * private) is no reason to end.
 */
export async function welcomeAssistants(workbench: Workbench): Promise<void> {
  const connected = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    connected.add(socket);
    socket.on("close", () => connected.delete(socket)).on("error", () => socket.destroy());
    welcome(workbench, socket)
      .catch((error: unknown) => workbench.log.fault("An assistant could not be served.", error))
      .finally(() => socket.destroy());
  });
  await listenAs("assistant", server).catch((error: unknown) => {
    if (errorCode(error) === "") throw error; // a bug
    const message = assistantMessage("assistants-not-joined", { systemText: errorText(error) });
    workbench.log.write(noteOf("warning", "workbench", message));
  });
  workbench.beforeEnd(async () => {
    server.close();
    for (const socket of connected) socket.destroy();
  });
}

async function welcome(workbench: Workbench, socket: Socket): Promise<void> {
  const asked = greetingIn(await firstLine(socket));
  if (asked === null || asked.root !== workbench.folder.current?.root) return;
  const { serveAssistant } = await import("./serve-assistant.js");
  socket.write("{}\n");
  await serveAssistant(workbench, { input: socket, output: socket, isTools: asked.isTools });
}

function greetingIn(line: string | null): Greeting | null {
  try {
    return greeting.safeParse(JSON.parse(line ?? "")).data ?? null;
  } catch {
    return null; // no JSON
  }
}

/** A connection to the server that has the folder open; null: there is none. */
export async function joinServer(asked: Greeting): Promise<Socket | null> {
  for (const path of await runningSockets("assistant")) {
    try {
      const socket = connect({ path, allowHalfOpen: true });
      socket.write(`${JSON.stringify(asked)}\n`);
      if ((await firstLine(socket)) !== null) return socket;
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return null;
}

/** What follows it stays in the socket. Null: the socket ended before, or said nothing. */
async function firstLine(socket: Socket): Promise<string | null> {
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
