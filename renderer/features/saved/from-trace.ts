// A trace's request, to be kept, with what holds of its response now.
import type { TraceView } from "../../../server/contract/trace.js";
import { readable, readableValue } from "../../format/bytes-text.js";
import { plural } from "../../format/plural.js";
import { askToSave, type SaveSubject, signsIn } from "../../model/request/save-subject.js";
import { readTrace } from "../../model/traces/recorded.js";
import { assertRead } from "../../model/traces/recorded-request.js";
import { problemOf, problemText } from "../../rpc/problem.js";

/** So many are saved together. */
const mostTogether = 100;

/** Asks where to save the requests of these traces; the dialog says how many cannot be saved, and why. */
export async function saveTraces(traces: readonly { readonly id: string; readonly name: string }[]): Promise<void> {
  const subjects: SaveSubject[] = [];
  /** How many, by the reason. */
  const leftOut = new Map<string, number>();
  if (traces.length > mostTogether)
    leftOut.set(`At most ${mostTogether} are saved together.`, traces.length - mostTogether);
  for (const { id, name } of traces.slice(0, mostTogether))
    try {
      subjects.push({ ...(await subjectOf(id)), name: name.slice(0, 200).trim() || "(empty)" });
    } catch (error) {
      const why = problemText(problemOf(error));
      leftOut.set(why, (leftOut.get(why) ?? 0) + 1);
    }
  const [first, ...others] = subjects;
  if (!first) throw new Error([...leftOut.keys()].join(" ") || "There is no request to save.");
  const notes = [...leftOut].map(([why, count]) => `${plural(count, "request")} of ${traces.length} left out. ${why}`);
  askToSave({
    ...first,
    hasSecrets: subjects.some(({ hasSecrets }) => hasSecrets),
    others,
    ...(notes.length > 0 && { note: notes.join(" ") }),
  });
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
