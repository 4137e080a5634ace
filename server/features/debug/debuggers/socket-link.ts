// A debugger that speaks the protocol itself, on a UNIX socket in the user's private folder with a name for one use.
import { createServer, type Socket } from "node:net";
import { z } from "zod";
import { errorCode } from "../../../base/disk.js";
import { listen } from "../../../base/listen.js";
import { type AgentEndpoint, type AgentEvents, type AgentLink, type AgentResponse, resuming } from "./agent-link.js";
import { DapPeer } from "./dap-peer.js";
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
  readonly #peer: DapPeer;
  readonly #events: AgentEvents;
  #pid: number | null = null;
  /** It reads what it is sent: the script is stopped, or has not begun. */
  #isStopped = true;

  constructor(socket: Socket, events: AgentEvents) {
    this.#events = events;
    this.#peer = new DapPeer(socket, {
      event: (name, body) => this.#take(name, body),
      answered: (command) => {
        if (!resuming.has(command)) return;
        this.#isStopped = false;
        if (this.#peer.isAwaited) this.#wake(); // what was asked behind it
      },
    });
    this.closed = this.#peer.closed;
  }

  request(command: string, args: unknown): Promise<AgentResponse> {
    const response = this.#peer.request(command, args);
    if (!this.#isStopped && this.#peer.isAwaited) this.#wake();
    return response;
  }

  close(): void {
    this.#peer.close();
  }

  #take(name: string, body: unknown): void {
    if (name === "stopped") this.#isStopped = true;
    if (name === "count") void this.#count();
    else if (name === "process") this.#pid = processEvent.safeParse(body).data?.systemProcessId ?? null;
    else this.#events.event(name, body);
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
