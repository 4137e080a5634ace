// A debugger that speaks the protocol itself, on a UNIX socket in the user's private folder with a name for one use.
import { createServer, type Socket } from "node:net";
import { z } from "zod";
import { errorCode } from "../../base/disk.js";
import { listen } from "../../base/listen.js";
import {
  type AgentEndpoint,
  type AgentEvents,
  type AgentLink,
  type AgentResponse,
  gone,
  resuming,
} from "./agent-link.js";
import { type DapMessage, DapReader, framed } from "./dap-framing.js";
import { pathForOneUse } from "./path-for-one-use.js";

const maxProcessId = 0x7fffffff;
const processEvent = z.object({ systemProcessId: z.int().positive().max(maxProcessId) });

type Link = new (socket: Socket, events: AgentEvents) => AgentLink;

/** Rejects with the system's error. */
export async function socketEndpoint(events: AgentEvents, Link: Link = SocketLink): Promise<AgentEndpoint> {
  const path = await pathForOneUse();
  const server = createServer();
  const linked = new Promise<AgentLink | null>((resolve) => {
    server.once("connection", (socket) => {
      server.close(); // which removes the name
      resolve(new Link(socket, events));
    });
    server.once("close", () => resolve(null));
  });
  await listen(server, { path });
  return { path, linked, close: () => server.close() };
}

class SocketLink implements AgentLink {
  readonly closed: Promise<void>;
  readonly #socket: Socket;
  readonly #events: AgentEvents;
  readonly #asked = new Map<number, (response: AgentResponse) => void>();
  #sequence = 0;
  #pid: number | null = null;
  /** It reads what it is sent: the script is stopped, or has not begun. */
  #isStopped = true;

  constructor(socket: Socket, events: AgentEvents) {
    this.#socket = socket;
    this.#events = events;
    const reader = new DapReader((message) => this.#take(message));
    socket.on("data", (bytes: Buffer) => {
      if (!reader.push(bytes)) socket.destroy();
    });
    socket.on("error", () => socket.destroy()); // the process has ended
    this.closed = new Promise((resolve) => {
      socket.once("close", () => {
        for (const answer of this.#asked.values()) answer(gone);
        resolve();
      });
    });
  }

  request(command: string, args: unknown): Promise<AgentResponse> {
    if (this.#socket.destroyed) return Promise.resolve(gone);
    const seq = ++this.#sequence;
    return new Promise((resolve) => {
      this.#asked.set(seq, resolve);
      this.#socket.write(framed({ seq, type: "request", command, arguments: args }));
      if (!this.#isStopped) this.#wake();
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(message: DapMessage): void {
    if (message.type === "response") {
      const answer = this.#asked.get(message.request_seq);
      if (!answer) return; // a script can write into the socket as well
      answer(message);
      this.#asked.delete(message.request_seq);
      if (!message.success || !resuming.has(message.command)) return;
      this.#isStopped = false;
      if (this.#asked.size > 0) this.#wake(); // what was asked behind it
    } else if (message.type === "event") {
      if (message.event === "stopped") this.#isStopped = true;
      if (message.event === "count") void this.#count();
      else if (message.event === "process")
        this.#pid = processEvent.safeParse(message.body).data?.systemProcessId ?? null;
      else this.#events.event(message.event, message.body);
    }
  }

  /** The debugger has stopped the script to know this, and reads. */
  async #count(): Promise<void> {
    this.#isStopped = true;
    const bytes = await this.#events.arrived();
    void this.request("count", { bytes }); // a debugger that is gone needs no answer
    this.#isStopped = false;
  }

  /** A running script reads at this signal, which others ignore. */
  #wake(): void {
    if (this.#pid === null) return;
    try {
      process.kill(this.#pid, "SIGURG");
    } catch (error) {
      if (errorCode(error) !== "ESRCH" && errorCode(error) !== "EPERM") throw error;
    }
  }
}
