// A rule: its public id, its words, and a pure function that looks at a finished trace and says what it found, or nothing.
import type { RuleInfo } from "../../contract/doctor-contract.js";
import type { Finding } from "../../contract/trace.js";
import type { Subject, TraceFacts } from "./subject.js";

/** The words of a rule, a file `text.ts` beside it. */
export type RuleText = Readonly<Omit<RuleInfo, "id" | "logged" | "fixes">> & {
  readonly logged: readonly RuleInfo["logged"][number][];
  readonly fixes: readonly RuleInfo["fixes"][number][];
};

/** What is particular to one occurrence; the rest comes from the rule's text. */
export interface Found {
  /** What happened and what to do, with the particulars. */
  readonly detail: string;
  /** Instead of the rule's own. */
  readonly title?: string;
  readonly severity?: Finding["severity"];
  readonly stream?: Finding["stream"];
  readonly range?: Finding["range"];
  readonly line?: Finding["line"];
  readonly evidence?: Finding["evidence"];
  /** Instead of the rule's own; an empty list when none applies here. */
  readonly fixes?: readonly RuleInfo["fixes"][number][];
}
export type CheckResult = Found | readonly Found[] | null;

interface Named {
  /** Public and stable; the name of the rule's folder. */
  readonly id: string;
  readonly text: RuleText;
}
/** Looks at the response's head and at facts that are there anyway, as the trace ends and on the server's own thread. */
export interface InlineRule extends Named {
  readonly when: "at-once";
  /**
   * What it has something to say to; it is not asked about the rest. Field names in lower case: responses in which the script says one of them.
   * "not-exported": requests of which the script did not get to see everything. "no-script": requests that no script answered. Nothing: every script's.
   */
  readonly about?: "not-exported" | "no-script" | readonly string[];
  check(facts: TraceFacts): CheckResult;
}
/** Looks at bytes and at the script's file, off the server's thread. */
export interface DeferredRule extends Named {
  readonly when: "later";
  /** True: looks also at requests that no script answered. */
  readonly withoutScript?: true;
  /** "failures": asked only when the request failed in some way (see `isFailure`); "fallback": only when it failed and no other rule found an error. */
  readonly on: "anything" | "failures" | "fallback";
  check(subject: Subject): CheckResult;
}
export type Rule = InlineRule | DeferredRule;

/** The finding for what a rule found. */
export function toFinding({ id, text }: Rule, found: Found): Finding {
  return {
    rule: id,
    severity: found.severity ?? text.severity,
    title: found.title ?? text.title,
    detail: found.detail,
    stream: found.stream ?? null,
    range: found.range ?? null,
    line: found.line ?? null,
    reference: text.reference,
    fixes: [...(found.fixes ?? text.fixes)],
    evidence: [...(found.evidence ?? [])],
  };
}
