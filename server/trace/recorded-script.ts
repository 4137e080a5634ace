// What a script's head means, as a trace records it: when the script ran, or later from the bytes of stdout.
import type { Span } from "../contract/trace.js";
import type { GatewayPolicy } from "../protocol/policy.js";
import { type ScriptHead, ScriptHeadParser } from "../protocol/script-head.js";
import { interpretScriptHead, type ScriptResponse } from "../protocol/script-response.js";
import type { RecordedScript } from "./trace-record.js";

export function recordedScript(
  { spans }: ScriptHead,
  { kind, status, reason, headers, stoppedAt, reasons }: ScriptResponse,
): RecordedScript {
  return { kind, status, reason, headers, spans, stoppedAt, reasons };
}

/** `stdout`: all of it. `policy`: the one that was in force. */
export function readAgain(stdout: Uint8Array, policy: GatewayPolicy): RecordedScript {
  const parser = new ScriptHeadParser();
  const head = parser.push(stdout) ?? parser.end();
  const script = recordedScript(head, interpretScriptHead(head, policy));
  script.spans = withBody(script, stdout.length);
  return script;
}

/** The head's spans, and the rest of stdout. */
export function withBody({ kind, spans }: RecordedScript, bytes: number): readonly Span[] {
  const from = spans.at(-1)?.to ?? 0;
  return kind !== "invalid" && bytes > from ? [...spans, { from, to: bytes, is: "body" }] : spans;
}
