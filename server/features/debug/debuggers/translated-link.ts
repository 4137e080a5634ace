// The common part of the links whose debugger speaks another protocol than the Debug Adapter Protocol: it turns their
// answers into answers of that protocol.
import { realpathSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { DebugProtocol } from "@vscode/debugprotocol";
import { z } from "zod";
import { errorCode } from "../../../base/disk.js";
import { type AgentEvents, type AgentLink, type AgentResponse, gone } from "./agent-link.js";
import type { withFrames } from "./request-arguments.js";

/** The debugger has refused; without a message, its process has ended or cannot be asked now. */
export class Refusal extends Error {}

/** Whether it is more than that the process has ended. */
export const isRefusal = (error: unknown): error is Refusal => error instanceof Refusal && error.message !== "";

/** More is left out of a list. */
export const maxChildren = 200;
const maxText = 1000;
export const cut = (text: string): string => (text.length > maxText ? `${text.slice(0, maxText)}…` : text);

export async function responseOf(body: Promise<unknown>): Promise<AgentResponse> {
  try {
    return { success: true, body: await body };
  } catch (error) {
    if (error instanceof Refusal) return error.message === "" ? gone : { success: false, message: error.message };
    if (error instanceof z.ZodError) return { success: false, message: z.prettifyError(error) };
    throw error;
  }
}

/** Closes the link if the work for its debugger fails. The person is told why, unless the process has just ended. */
export async function closeOnError(link: AgentLink, events: AgentEvents, work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (isRefusal(error) || !(error instanceof Refusal)) {
      const why = error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : error;
      events.event("output", { category: "console", output: `${why}\n` });
    }
    link.close();
  }
}

export const stopped = (reason: string) => ({ reason, threadId: 1, allThreadsStopped: true });
export const threads: DebugProtocol.ThreadsResponse["body"] = { threads: [{ id: 1, name: "script" }] };

export const frameOf = (id: number, name: string, path: string, line: number): DebugProtocol.StackFrame => ({
  id,
  name,
  line,
  column: 1,
  source: { name: basename(path), path },
});

export function stackOf(
  all: DebugProtocol.StackFrame[],
  { startFrame = 0, levels = 0 }: z.infer<typeof withFrames>,
): DebugProtocol.StackTraceResponse["body"] {
  return { stackFrames: all.slice(startFrame, levels > 0 ? startFrame + levels : all.length), totalFrames: all.length };
}

export function scopeOf(name: string, variablesReference: number): DebugProtocol.Scope {
  return { name, expensive: false, variablesReference };
}

/** Tells the text of a log point, with the values of what is in braces. */
export async function tellLogPoint(
  events: AgentEvents,
  message: string,
  path: string,
  line: number,
  value: (expression: string) => Promise<string>,
): Promise<void> {
  const filled: string[] = [];
  for (const part of message.split(/(\{[^{}]*\})/)) {
    const expression = part.slice(1, -1);
    if (!part.startsWith("{")) filled.push(part);
    else
      try {
        filled.push(await value(expression));
      } catch (error) {
        if (!isRefusal(error)) throw error;
        filled.push(`{${expression}: ${error.message}}`);
      }
  }
  const output = `${filled.join("").slice(0, maxText)}\n`;
  events.event("output", { category: "console", output, source: { path }, line });
}

/** Null: the file cannot be read, for example because it was removed. */
export function urlOf(path: string): string | null {
  try {
    return pathToFileURL(realpathSync(path)).href;
  } catch (error) {
    if (errorCode(error) === "") throw error;
    return null;
  }
}

/** What is no file keeps its name. */
export function pathOf(url: string): string {
  try {
    return url.startsWith("file:") ? fileURLToPath(url) : url;
  } catch (error) {
    if (errorCode(error) === "" && !(error instanceof URIError)) throw error;
    return url; // a script may name its code as it likes: file://host/name, file:///%zz
  }
}
