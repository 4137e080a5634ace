// How a request ended, as texts for the user who has to fix it.
import type { Outcome, TraceView } from "../../../server/contract/trace.js";

const titles: Record<Exclude<Outcome, "ok">, string> = {
  "invalid-output": "The script’s output is not a CGI response",
  crashed: "The script ended before its response was complete",
  timeout: "A time limit ended the request",
  "client-gone": "The client left before the response was complete",
  stopped: "The request was stopped",
  "queue-full": "Too many requests were waiting",
  "spawn-error": "The script could not be started",
  "bad-request": "The request was refused",
  "upstream-error": "The FastCGI application did not respond",
};

/** The headline; null when there is nothing to explain. */
export function outcomeTitle(trace: Pick<TraceView, "outcome" | "detail" | "response" | "route">): string | null {
  if (trace.outcome === null) return null;
  if (trace.outcome !== "ok") return titles[trace.outcome];
  const status = trace.response?.status ?? 0;
  if (trace.route.kind !== "script" && status >= 400)
    return status === 404 ? "Nothing found at this path" : "The server generated this response";
  return trace.detail === null ? null : "Note";
}

/** Whether the detail already names the problem of the script's headers. */
export function tellsProblem({ data, script }: Pick<TraceView, "data" | "script">): boolean {
  const problem = data?.["problem"];
  return typeof problem === "object" && problem !== null && "code" in problem && problem.code === script?.code;
}

/** Facts of the ending: exit code, signal, errno, what the client got. */
export function outcomeFacts(trace: Pick<TraceView, "process" | "response">): string[] {
  const { process, response } = trace;
  const facts: string[] = [];
  if (process?.errno != null) facts.push(`start failed with ${process.errno}`);
  if (process?.signal != null) facts.push(`ended by ${process.signal}`);
  else if (process?.exitCode != null) facts.push(`exit code ${process.exitCode}`);
  if (response === null) facts.push("no response sent");
  else facts.push(`the client got ${response.status === 0 ? "no status line" : response.status}`);
  return facts;
}
