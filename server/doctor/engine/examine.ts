// Asks the rules. A rule that fails says so as a finding of its own: a trace must never be lost to its explanation.
import { needsExplanation } from "../../contract/failure.js";
import { type Finding, severity } from "../../contract/trace.js";
import { scriptFields } from "../evidence/fields.js";
import { type CheckResult, type DeferredRule, type Found, type InlineRule, type Rule, toFinding } from "./rule.js";
import { rules } from "./rules.js";
import type { Subject, TraceFacts } from "./subject.js";

/** Rules by id that the configuration switched off. */
export type RulesOff = ReadonlySet<string>;

const rulesAtOnce = rules.filter((rule) => rule.when === "at-once");
const rulesAbout = (what: InlineRule["about"]): InlineRule[] => rulesAtOnce.filter(({ about }) => about === what);
const [alwaysAsked, askedOfHidden, askedWithoutScript] = [
  rulesAbout(undefined),
  rulesAbout("not-exported"),
  rulesAbout("no-script"),
];
const askedOfField = new Map<string, InlineRule[]>();
for (const rule of rulesAtOnce)
  if (typeof rule.about === "object")
    for (const name of rule.about) askedOfField.set(name, [...(askedOfField.get(name) ?? []), rule]);
const rulesLater = rules.filter((rule) => rule.when === "later");

/** Whether the rules about failures are asked: see `needsExplanation`. */
export const isFailure = ({ outcome, process, response, script }: TraceFacts): boolean =>
  needsExplanation({
    outcome,
    status: response?.status ?? null,
    process,
    isInvalid: script?.kind === "invalid",
  });

/** What the rules say that cost next to nothing. */
export function examineInline(facts: TraceFacts, off: RulesOff): Finding[] {
  const findings: Finding[] = [];
  const askAll = (asked: readonly InlineRule[]): void => {
    for (const rule of asked) if (!off.has(rule.id)) ask(rule, facts, findings);
  };
  if (facts.route.kind !== "script") askAll(askedWithoutScript);
  else {
    askAll(alwaysAsked);
    if (facts.notExported.length > 0) askAll(askedOfHidden);
    const asked: InlineRule[] = [];
    for (const { key } of scriptFields(facts))
      for (const rule of askedOfField.get(key) ?? none) if (!asked.includes(rule)) asked.push(rule);
    askAll(asked);
  }
  return findings;
}

const none: readonly InlineRule[] = [];

/** What the other rules say, beside what was found `atOnce`. */
export function examineDeferred(subject: Subject, atOnce: readonly Finding[], off: RulesOff): Finding[] {
  const failed = isFailure(subject);
  const findings: Finding[] = [];
  const askAll = (on: DeferredRule["on"]) => {
    for (const rule of rulesLater)
      if (rule.on === on && concerns(rule, subject) && !off.has(rule.id)) ask(rule, subject, findings);
  };
  askAll("anything");
  if (failed) askAll("failures");
  if (failed && ![...atOnce, ...findings].some(({ severity: level }) => level === "error")) askAll("fallback");
  return findings;
}

const concerns = (rule: DeferredRule, { route }: TraceFacts): boolean =>
  route.kind === "script" || rule.withoutScript === true;

const order = new Map(rules.map(({ id }, index) => [id, index]));

/** Gravest first, then as the rules stand; never two of one title on the same bytes. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings
    .filter(({ title, stream, range, line }) => {
      const key = JSON.stringify([title, stream, range, line]);
      return !seen.has(key) && seen.add(key);
    })
    .sort(
      (a, b) =>
        severity.options.indexOf(a.severity) - severity.options.indexOf(b.severity) ||
        (order.get(a.rule) ?? Infinity) - (order.get(b.rule) ?? Infinity),
    );
}

function ask<Seen>(rule: Rule & { check(seen: Seen): CheckResult }, seen: Seen, findings: Finding[]): void {
  try {
    const looked = rule.check(seen);
    if (looked === null) return;
    for (const found of isList(looked) ? looked : [looked]) findings.push(toFinding(rule, found));
  } catch (error) {
    findings.push(ruleFailed(`The doctor's rule ${rule.id} failed on this request`, error));
  }
}

/** Instead of what a rule would have said. */
export function ruleFailed(title: string, error: unknown): Finding {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const detail = `What it looked for may be there or not. This is a mistake in CGI Workbench: ${why}`;
  return {
    rule: "rule-failed",
    severity: "hint",
    title,
    detail,
    stream: null,
    range: null,
    line: null,
    reference: null,
    fixes: [],
    evidence: [],
  };
}

const isList = (looked: Found | readonly Found[]): looked is readonly Found[] => Array.isArray(looked);
