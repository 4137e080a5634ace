// Client data that reached a shell, code or a path of the script: what its file says, and what the request shows.

import { fromBytes } from "../../protocol/byte-string.js";
import type { FactsWithFile, TraceFacts } from "../base/facts.js";
import { remembered } from "../base/remembered.js";
import type { Occurrence } from "../base/rule.js";
import type { ScriptFile } from "../base/script-file.js";
import { clientDataFlows, type Flow } from "../client-data/flows.js";
import type { SinkKind } from "../client-data/grammar.js";
import type { Source } from "../client-data/own-function.js";
import { flowDetail } from "../client-data/words.js";
import { languageOf } from "../fixes/language.js";
import { clientValues, variableOf } from "./client-values.js";

/** What makes a value more than a word, by where it goes. */
const isHot: Readonly<Record<SinkKind, RegExp>> = {
  command: /[;|&`<>\n]|\$[({\w]|(?:^|\s)-\w/,
  code: /[;|&`<>\n()]|\$[({\w]|^\/|\.\.\//,
  path: /(?:^|[/=])\.\.(?:\/|$)|^\/./,
};
const maxOutputBytes = 64 << 10;
/** Shorter values stand in any output. */
const minTold = 4;

/** The request has fields, or a header that a shell would not take for a word. */
export const hasClientData = (facts: TraceFacts): boolean =>
  (variableOf(facts, "QUERY_STRING") ?? "") !== "" ||
  facts.request.body.bytes > 0 ||
  facts.env?.some(({ name, value }) => name.startsWith("HTTP_") && /[`|]|\$\(|\.\.\//.test(value)) === true;

const flowsIn = remembered(({ path, source, program }: ScriptFile): readonly Flow[] => {
  const language = program === null ? languageOf(path, source) : null;
  return language === null ? [] : clientDataFlows(source, language);
});

/** An error where the request shows it; a warning where its values are harmless. */
export function reached(facts: FactsWithFile, kind: SinkKind): Occurrence[] {
  const { file } = facts;
  if (file === null) return [];
  return flowsIn(file).flatMap((flow) => {
    const values = flow.kind === kind ? valuesOf(facts, flow.source).filter((value) => value !== "") : [];
    if (values.length === 0) return [];
    const severity = values.some((value) => isShown(facts, kind, value)) ? "error" : "warning";
    return [{ severity, detail: flowDetail(flow, file.source), line: flow.line } as const];
  });
}

function isShown({ stdout }: FactsWithFile, kind: SinkKind, value: string): boolean {
  if (isHot[kind].test(value)) return true;
  return (
    kind === "command" &&
    value.length >= minTold &&
    stdout !== null &&
    fromBytes(stdout.read(0, maxOutputBytes)).includes(value)
  );
}

function valuesOf(facts: FactsWithFile, { variable, field }: Source): string[] {
  const { query, body } = clientValues(facts);
  const among =
    variable === "stdin"
      ? body
      : variable === "QUERY_STRING" || variable === "REQUEST_URI"
        ? query
        : [...query, ...body];
  if (variable.startsWith("HTTP_") || variable === "PATH_INFO") return [variableOf(facts, variable) ?? ""];
  return among.filter(({ name }) => field === null || name === field).map(({ value }) => value);
}
