// A trace's request, to be kept, with what holds of its response now.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable, readableValue } from "../../format/bytes-text.js";
import { askToSave, signsIn } from "../../model/request/save-subject.js";
import { readTrace } from "../../model/traces/recorded.js";
import { assertRead } from "../../model/traces/recorded-request.js";

export async function saveTrace(id: string): Promise<void> {
  const trace = await readTrace(id);
  assertRead(trace);
  const { method, target, headers } = trace.request;
  const path = readable(target).split("?", 1)[0] ?? "";
  askToSave({
    source: { kind: "trace", id },
    name: `${readable(method)} ${path}`,
    proposed: proposedFor(trace),
    hasSecrets: signsIn(headers.map(([name, value]) => [readable(name), readable(value)])),
  });
}

/** Status, Content-Type and an empty stderr, as far as they hold. */
export function proposedFor({ response, stderr }: Pick<TraceView, "response" | "stderr">): readonly string[] {
  if (response === null) return [];
  const type = readableValue(response.headers, "content-type");
  const [essence = ""] = type?.split(";", 1) ?? [];
  return [
    `status == ${response.status}`,
    ...(/^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/.test(essence.trim()) ? [`field Content-Type contains ${essence.trim()}`] : []),
    ...(stderr !== null && stderr.bytes === 0 ? ["stderr empty"] : []),
  ];
}
