// Runs the rules on a trace. A rule that throws becomes a finding: a bug in the doctor must never cost a trace.
import { needsExplanation } from "../../contract/failure.js";
import { asSentence } from "../../contract/message.js";
import type { Finding } from "../../contract/trace.js";
import { severities } from "../../contract/trace-values.js";
import type { FactsWithFile, TraceFacts } from "../base/facts.js";
import {
  type CheckResult,
  type DeferredRule,
  type InlineRule,
  type Occurrence,
  type Rule,
  toFinding,
} from "../base/rule.js";
import { scriptFields } from "../evidence/header-fields.js";
import { rules } from "./rules.js";

/** Ids of the rules that the configuration disables. */
export type RulesOff = ReadonlySet<string>;

type Inline = Extract<Rule, InlineRule>;
const inlineRules = rules.filter((rule) => rule.on === undefined);
const deferredRules = rules.filter((rule) => rule.on !== undefined);

// Inline rules by what they are about, so that a request runs only those that may have something to report.
const rulesAbout = (what: InlineRule["about"]): Inline[] => inlineRules.filter(({ about }) => about === what);
const forEveryScript = rulesAbout(undefined);
const forHead = rulesAbout("head");
const forNotExported = rulesAbout("not-exported");
const forNoScript = rulesAbout("no-script");
const forRefused = rulesAbout("refused");
const forField = new Map<string, Inline[]>();
for (const rule of inlineRules)
  if (typeof rule.about === "object")
    for (const name of rule.about) forField.set(name, [...(forField.get(name) ?? []), rule]);

/** Whether the rules about failures run: see `needsExplanation`. */
export const isFailure = ({ outcome, process, response, script }: TraceFacts): boolean =>
  needsExplanation({
    outcome,
    status: response?.status ?? null,
    process,
    isInvalid: script?.kind === "invalid",
  });

/** Runs the inline rules. */
export function examineInline(facts: TraceFacts, off: RulesOff): Finding[] {
  const findings: Finding[] = [];
  const runAll = (some: readonly Inline[]): void => {
    for (const rule of some) if (!off.has(rule.id)) run(rule, facts, findings);
  };
  if (facts.cause !== null) runAll(forRefused);
  if (facts.route.kind !== "script") {
    runAll(forNoScript);
    return findings;
  }
  runAll(forEveryScript);
  if (facts.notExported.length > 0) runAll(forNotExported);
  if (facts.script === null) return findings;
  const { headers, kind } = facts.script;
  let examined = examinedHeads.get(headers);
  if (examined?.kind !== kind || examined.off !== off) {
    examined = { kind, off, rules: rulesForHead(facts, off) };
    examinedHeads.set(headers, examined);
  }
  runAll(examined.rules);
  return findings;
}

interface ExaminedHead extends Pick<NonNullable<TraceFacts["script"]>, "kind"> {
  readonly off: RulesOff;
  /** The rules that may have something to report. */
  readonly rules: readonly Inline[];
}

/**
 * What was examined, by the headers, which the next trace often has, too. Weak: they are not kept longer than their
 * traces.
 */
const examinedHeads = new WeakMap<object, ExaminedHead>();

function rulesForHead(facts: TraceFacts, off: RulesOff): Inline[] {
  const finds = (rule: Inline): boolean => {
    const findings: Finding[] = [];
    if (!off.has(rule.id)) run(rule, facts, findings);
    return findings.length > 0;
  };
  const found = forHead.filter(finds);
  const forItsFields = scriptFields(facts).flatMap(({ key }) => forField.get(key) ?? []);
  return [...found, ...new Set(forItsFields)];
}

/** Runs the deferred rules; `inline`: the findings of the inline rules. */
export function examineDeferred(facts: FactsWithFile, inline: readonly Finding[], off: RulesOff): Finding[] {
  const failed = isFailure(facts);
  const findings: Finding[] = [];
  const runAll = (on: DeferredRule["on"]): void => {
    for (const rule of deferredRules)
      if (rule.on === on && (facts.route.kind === "script" || rule.withoutScript) && !off.has(rule.id))
        run(rule, facts, findings);
  };
  runAll("anything");
  if (failed) runAll("failures");
  if (failed && ![...inline, ...findings].some(({ severity: level }) => level === "error")) runAll("fallback");
  return findings.filter((one) => !findings.some((other) => isSaidBy(one, other) || followsFrom(one, other)));
}

/** Rules about how it ended, which quote what stderr says of it. */
const ofTheEnd = new Set(rules.filter(({ stage }) => stage === "end" || stage === "elsewhere").map(({ id }) => id));

/** The other one is about the same message on stderr, or an earlier line of it, is as severe, and names its cause. */
function isSaidBy(one: Finding, other: Finding): boolean {
  if (one.stream !== "stderr" || other.stream !== "stderr" || one.range === null || other.range === null) return false;
  const isAsSevere = severities.indexOf(other.severity) <= severities.indexOf(one.severity);
  const isNearer = ofTheEnd.has(one.rule) && !ofTheEnd.has(other.rule);
  return isNearer && isAsSevere && other.range[0] < one.range[1];
}

/** What explains all errors follows from none. */
function followsFrom({ rule, severity }: Finding, cause: Finding): boolean {
  const explains = causes.get(cause.rule) ?? [];
  if (explains !== "errors") return explains.includes(rule);
  return severity === "error" && cause.severity === "error" && causes.get(rule) !== "errors";
}

const causes = new Map(deferredRules.flatMap(({ id, explains }) => (explains ? [[id, explains] as const] : [])));
const order = new Map(rules.map(({ id }, index) => [id, index]));

/** Most severe first, then in the order of the rules, without duplicates: the same title on the same bytes. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ title, stream, range, line }) => {
      const key = JSON.stringify([title, stream, range, line]);
      return !seen.has(key) && seen.add(key);
    })
    .sort(
      (a, b) =>
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        (order.get(a.rule) ?? Infinity) - (order.get(b.rule) ?? Infinity),
    );
}

/** How many findings of one rule are kept of a trace: a script may repeat a mistake without end. */
const findingsOfRule = 20;

function run<Facts>(rule: Rule & { check(facts: Facts): CheckResult }, facts: Facts, findings: Finding[]): void {
  try {
    const result = rule.check(facts);
    if (result === null) return;
    const occurrences = isList(result) ? result.slice(0, findingsOfRule) : [result];
    for (const occurrence of occurrences) findings.push(toFinding(rule, occurrence));
  } catch (error) {
    findings.push(ruleFailed(`The doctor's rule ${rule.id} failed on this request`, error));
  }
}

/** Takes the place of the findings that the failed check would have made. */
export function ruleFailed(title: string, error: unknown): Finding {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const detail = `This is a bug in CGI Workbench, so the request may have a problem that is not shown. ${why}`;
  return {
    rule: "rule-failed",
    severity: "hint",
    title: asSentence(title),
    detail: asSentence(detail),
    stream: null,
    range: null,
    line: null,
    reference: null,
    fixes: [],
    evidence: [],
  };
}

const isList = (result: Occurrence | readonly Occurrence[]): result is readonly Occurrence[] => Array.isArray(result);
