// A trace's request, to be kept, with what holds of its response now.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable, readableValue } from "../../format/bytes-text.js";
import { askToSave, type SaveSubject, signsIn } from "../../model/request/save-subject.js";
import { readTrace } from "../../model/traces/recorded.js";
import { assertRead } from "../../model/traces/recorded-request.js";

/** So many are saved together. */
const mostTogether = 100;

export async function saveTraces(traces: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
  const subjects: SaveSubject[] = [];
  for (const { id, name } of traces.slice(0, mostTogether))
    subjects.push({ ...(await subjectOf(id)), name: name.slice(0, 200).trim() || "(empty)" });
  const [first, ...others] = subjects;
  if (first) askToSave({ ...first, hasSecrets: subjects.some(({ hasSecrets }) => hasSecrets), others });
}

export const saveTrace = async (id: string): Promise<void> => askToSave(await subjectOf(id));

async function subjectOf(id: string): Promise<SaveSubject> {
  const trace = await readTrace(id);
  assertRead(trace);
  const { method, target, headers } = trace.request;
  const path = readable(target).split("?", 1)[0] ?? "";
  return {
    source: { kind: "trace", id },
    name: `${readable(method)} ${path}`,
    proposed: proposedFor(trace),
    hasSecrets: signsIn(headers.map(([name, value]) => [readable(name), readable(value)])),
  };
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
