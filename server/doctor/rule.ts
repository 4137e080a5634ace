// A rule looks at a finished trace and says what is wrong, or nothing. Pure but for file facts, which it asks for only on failures.
import type { Finding } from "../contract/trace.js";
import type { TraceRecord } from "../trace/trace-record.js";

export type Rule = (trace: TraceRecord) => Finding | null;

/** A finding with the parts that most rules leave out. */
export function finding(parts: Pick<Finding, "rule" | "severity" | "title" | "detail"> & Partial<Finding>): Finding {
  return { stream: null, range: null, line: null, reference: null, fixes: [], ...parts };
}
