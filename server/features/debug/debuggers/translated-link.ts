// The common part of the links whose debugger speaks another protocol than the Debug Adapter Protocol: it takes the
// requests of that protocol apart, and puts its responses together.
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import {
  type WantedBreakpoint,
  type WantedEntry,
  type WantedExpression,
  withBreakpoints,
  withEntry,
  withExpression,
  withFilters,
  withFrame,
  withFrames,
  withReference,
} from "../debug-arguments.js";
import { type AgentEvents, type AgentLink, Gone, Refusal } from "./agent-link.js";
import type { CommandConnection } from "./command-connection.js";

/** More is left out of what a list or an object has. */
export const maxChildren = 200;
/** The variables that are shown, and behind them how many are left out of `count`. */
export const listed = (shown: readonly DebugProtocol.Variable[], count: number): DebugProtocol.Variable[] =>
  count > shown.length
    ? [...shown, { name: "…", value: `${count - shown.length} more`, variablesReference: 0 }]
    : [...shown];
const maxText = 1000;
export const cut = (text: string): string => (text.length > maxText ? `${text.slice(0, maxText)}…` : text);

/** Each second part of a log point's text is an expression: it stood in braces, and may have some, two deep. */
export const logParts = (message: string): string[] => message.split(/\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/);

export type Step = "continue" | "next" | "stepIn" | "stepOut";
export type Value = Pick<DebugProtocol.Variable, "value" | "type" | "variablesReference">;

export abstract class TranslatedLink implements AgentLink {
  protected abstract readonly connection: Pick<CommandConnection<unknown>, "closed" | "isClosed" | "close">;
  /** Requests wait for it. */
  protected ready: Promise<unknown> = Promise.resolve();
  protected readonly events: AgentEvents;
  /** If the first stop is a step, its event has the reason `entry`. */
  #stopsAtEntry = false;

  constructor(events: AgentEvents) {
    this.events = events;
  }

  /** Has requests wait until the returned function is called, or the debugger is gone. */
  protected holdRequests(): () => void {
    let goOn = (): void => {};
    const ready = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    this.ready = Promise.race([ready, this.closed]);
    return goOn;
  }

  get closed(): Promise<void> {
    return this.connection.closed;
  }

  close(): void {
    this.connection.close();
  }

  /** Whether the script is stopped, so that its stack and values can be read. */
  protected abstract readonly isStopped: boolean;
  protected abstract begin(wanted: WantedEntry): Promise<void>;
  protected abstract step(how: Step): Promise<void>;
  protected abstract pause(): Promise<void>;
  /** The script runs on alone. */
  protected abstract leave(): Promise<void>;
  /** Sets all breakpoints of the file; links may be on the way to it. */
  protected abstract place(path: string, wanted: readonly WantedBreakpoint[]): Promise<DebugProtocol.Breakpoint[]>;
  protected abstract stopUncaught(stops: boolean): Promise<void>;
  protected abstract stack(): Promise<DebugProtocol.StackFrame[]>;
  protected abstract scopes(frameId: number | undefined): Promise<DebugProtocol.Scope[]>;
  protected abstract variables(reference: number): Promise<DebugProtocol.Variable[]>;
  protected abstract evaluate(wanted: WantedExpression): Promise<Value>;

  async request(command: string, args: unknown): Promise<object> {
    if (this.connection.isClosed) throw new Gone();
    try {
      await this.ready;
      return await this.#bodyOf(command, args);
    } catch (error) {
      throw error instanceof z.ZodError ? new Refusal(z.prettifyError(error)) : error;
    }
  }

  async #bodyOf(command: string, args: unknown): Promise<object> {
    switch (command) {
      case "configurationDone": {
        const wanted = withEntry.parse(args);
        this.#stopsAtEntry = wanted.stopOnEntry;
        await this.begin(wanted);
        return {};
      }
      case "setBreakpoints": {
        const { source, breakpoints } = withBreakpoints.parse(args);
        return { breakpoints: await this.place(source.path, breakpoints) };
      }
      case "setExceptionBreakpoints":
        await this.stopUncaught(withFilters.parse(args).filters.includes("uncaught"));
        return {};
      case "pause":
        await this.pause();
        return {};
      case "disconnect":
        await this.leave();
        return {};
    }
    if (!this.isStopped) throw new Gone();
    switch (command) {
      case "continue":
      case "next":
      case "stepIn":
      case "stepOut":
        await this.step(command);
        return command === "continue" ? { allThreadsContinued: true } : {};
      case "stackTrace": {
        const { startFrame, levels } = withFrames.parse(args);
        const all = await this.stack();
        const end = levels > 0 ? startFrame + levels : all.length;
        return { stackFrames: all.slice(startFrame, end), totalFrames: all.length };
      }
      case "scopes":
        return { scopes: await this.scopes(withFrame.parse(args).frameId) };
      case "variables":
        return { variables: await this.variables(withReference.parse(args).variablesReference) };
      case "evaluate": {
        const { value: result, ...rest } = await this.evaluate(withExpression.parse(args));
        return { ...rest, result };
      }
    }
    throw new Refusal(`${command} is not supported`);
  }

  /** Places them one after the other: where one is, or why the debugger refuses it. */
  protected async placeEach(
    all: readonly WantedBreakpoint[],
    place: (wanted: WantedBreakpoint) => Promise<number>,
  ): Promise<DebugProtocol.Breakpoint[]> {
    const placed: DebugProtocol.Breakpoint[] = [];
    for (const wanted of all)
      try {
        placed.push({ verified: true, line: await place(wanted) });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        placed.push({ verified: false, line: wanted.line, message: error.message });
      }
    return placed;
  }

  protected tellStop(why: string, about: object = {}): void {
    const reason = why === "step" && this.#stopsAtEntry ? "entry" : why;
    this.#stopsAtEntry = false;
    this.events.event("stopped", { ...about, reason, threadId: 1, allThreadsStopped: true });
  }

  /** Tells the text of a log point, with the values of what is in braces. */
  protected async tellLogPoint(
    message: string,
    path: string,
    line: number,
    value: (expression: string) => Promise<string>,
  ): Promise<void> {
    const filled: string[] = [];
    for (const [at, part] of logParts(message).entries())
      try {
        filled.push(at % 2 === 0 ? part : await value(part));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        filled.push(`{${part}: ${error.message}}`);
      }
    const output = `${filled.join("").slice(0, maxText)}\n`;
    this.events.event("output", { category: "console", output, source: { path }, line });
  }

  /** Closes the link if a command to the debugger fails. The console shows why, unless the process has just ended. */
  protected async closeOnError(work: Promise<unknown>): Promise<void> {
    try {
      await work;
    } catch (error) {
      if (!(error instanceof Gone)) {
        const why =
          error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
        this.events.event("output", { category: "console", output: `${why}\n` });
      }
      this.close();
    }
  }
}
