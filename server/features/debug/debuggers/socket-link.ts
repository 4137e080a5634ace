// The debuggers of server/agents/debug in Python, Perl and Ruby, on a UNIX socket in the user's private folder with a
// name for one use. They are sent a command a line, and answer with one JSON a line.
import { createServer, type Socket } from "node:net";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import { errorCode } from "../../../base/disk.js";
import { listen } from "../../../base/listen.js";
import { placesBody, scopesBody, variablesBody } from "../../../contract/debug-contract.js";
import type { WantedBreakpoint, WantedEntry, WantedExpression } from "../debug-arguments.js";
import type { AgentEndpoint, AgentEvents, AgentLink } from "./agent-link.js";
import { coded } from "./coded.js";
import { frameOf, realPath } from "./frames.js";
import { LineConnection } from "./line-connection.js";
import { pathForOneUse } from "./path-for-one-use.js";
import { listed, logParts, type Step, TranslatedLink, type Value } from "./translated-link.js";

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

const maxProcessId = 0x7fffffff;
const processBody = z.object({ id: z.int().positive().max(maxProcessId) });
const stoppedBody = z.looseObject({ reason: z.string() });
const stackBody = z.object({
  frames: z.array(z.object({ name: z.string(), path: z.string(), line: z.int(), isLibrary: z.boolean() })),
});
const listBody = variablesBody.extend({ count: z.int() });
const valueBody = z.object({ value: z.string(), type: z.string(), variablesReference: z.int() });
const anything = z.unknown();

class SocketLink extends TranslatedLink {
  protected readonly connection: LineConnection;
  /** It reads what it is sent; a script that runs reads at a signal. */
  protected isStopped = true;
  #pid: number | null = null;
  readonly #tellReady: () => void;

  constructor(socket: Socket, events: AgentEvents) {
    super(events);
    this.connection = new LineConnection(socket, (name, body) => this.#take(name, body));
    this.#tellReady = this.holdRequests(); // without the number of its process it cannot be woken
  }

  protected begin({ stopOnEntry, stopAtByte }: WantedEntry): Promise<void> {
    const byte = stopAtByte === null ? [] : [stopAtByte.stream, stopAtByte.offset, stopAtByte.expected];
    return this.#go("begin", stopOnEntry ? "entry" : "", ...byte);
  }

  protected step(how: Step): Promise<void> {
    return this.#go(how);
  }

  protected async pause(): Promise<void> {
    await this.#ask(anything, "pause");
  }

  protected async leave(): Promise<void> {
    await this.#ask(anything, "leave");
  }

  protected async place(path: string, breakpoints: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]> {
    const words = breakpoints.flatMap(({ line, condition, logMessage }) => [
      line,
      condition,
      logParts(logMessage).join("\0"),
    ]);
    return (await this.#ask(placesBody, "place", realPath(path), ...words)).breakpoints;
  }

  protected async stopUncaught(stops: boolean): Promise<void> {
    await this.#ask(anything, "stopUncaught", stops ? "yes" : "no");
  }

  protected async stack(): Promise<DebugProtocol.StackFrame[]> {
    const { frames } = await this.#ask(stackBody, "stack");
    return frames.map(({ name, path, line, isLibrary }, at) => frameOf(at + 1, name, path, line, isLibrary));
  }

  protected async scopes(frameId = 1): Promise<DebugProtocol.Scope[]> {
    return (await this.#ask(scopesBody, "scopes", frameId - 1)).scopes;
  }

  protected async variables(reference: number): Promise<DebugProtocol.Variable[]> {
    const { variables, count } = await this.#ask(listBody, "variables", reference);
    return listed(variables, count);
  }

  protected evaluate({ expression, frameId = 1, context = "" }: WantedExpression): Promise<Value> {
    return this.#ask(valueBody, "evaluate", frameId - 1, context, expression);
  }

  #take(name: string, body: unknown): void {
    if (name === "process") {
      this.#pid = processBody.safeParse(body).data?.id ?? null;
      this.#tellReady();
    } else if (name === "count") void this.#count();
    else if (name === "stopped") {
      this.isStopped = true;
      const { data } = stoppedBody.safeParse(body);
      if (data) this.tellStop(data.reason, data);
    } else this.events.event(name, body);
  }

  /** The debugger waits for it, and reads. */
  async #count(): Promise<void> {
    const bytes = await this.events.arrived();
    void this.closeOnError(this.#send(anything, "count", bytes));
  }

  #send<T>(body: z.ZodType<T>, ...words: readonly (string | number)[]): Promise<T> {
    return this.connection.send((id) => [id, ...words].map((word) => coded(`${word}`)).join(" "), body);
  }

  #ask<T>(body: z.ZodType<T>, ...words: readonly (string | number)[]): Promise<T> {
    const answer = this.#send(body, ...words);
    if (!this.isStopped) this.#wake();
    return answer;
  }

  /** The script runs then. */
  async #go(...words: readonly (string | number)[]): Promise<void> {
    this.isStopped = false;
    await this.#send(anything, ...words);
  }

  /** Others ignore this signal. */
  #wake(): void {
    if (this.#pid === null) return;
    try {
      process.kill(this.#pid, "SIGURG");
    } catch (error) {
      if (errorCode(error) !== "ESRCH" && errorCode(error) !== "EPERM") throw error;
    }
  }
}
