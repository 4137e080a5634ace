// What a rule is: its texts, and a pure check that examines a finished trace and reports what it finds, or null. A rule
// is one file, rules/<stage>/<id>/rule.ts; the folders' names are its stage and its id. A family of rules whose checks
// are alike is one file of rows, rules/<stage>/<family>.ts; its keys are the ids.
import type { RuleInfo } from "../../contract/doctor-contract.js";
import { asSentence, type Sentence } from "../../contract/message.js";
import type { Finding } from "../../contract/trace.js";
import type { FactsWithFile, TraceFacts } from "./facts.js";
import type { Logged } from "./logged.js";

type FixId = RuleInfo["fixes"][number];

/** In all texts code is in backticks, except in titles. */
export interface RuleTexts {
  readonly severity: Finding["severity"];
  /** Sentence case, no full stop. Names the failure. */
  readonly title: string;
  /** One or two sentences on the cause. */
  readonly summary: string;
  /** For a reader who has never met this failure: why it happens and what to do. A blank line separates paragraphs. */
  readonly explanation: string;
  /** "RFC 3875 §6.2"; absent if no document covers it. */
  readonly reference?: string;
  /** What other servers log and respond, which `npm run peers` compares with them; absent if it is not about them. */
  readonly logged?: Logged;
  /** Offered with each finding, unless the finding has its own list. */
  readonly fixes?: readonly FixId[];
  /**
   * Ids of rules of the same stage that may report the same failure less
   * precisely: their findings come after this rule's.
   */
  readonly before?: readonly string[];
}

/**
 * Runs as the trace ends, on the server's thread: examines the headers and facts that
 * are known anyway, and costs almost nothing.
 */
export interface InlineRule extends RuleTexts {
  readonly on?: never;
  /**
   * Which traces the rule checks. A list: responses with one of these header names, in lower case. "head":
   * responses of a script; the rule depends on nothing but what the script wrote as its headers, so headers
   * without a finding are not checked again. "not-exported": requests of which something was withheld from the
   * script. "no-script": requests that no script answered. "refused": requests that the server refused, even if a
   * script ran. Default: every trace of a script.
   */
  readonly about?: "head" | "not-exported" | "no-script" | "refused" | readonly string[];
  check(facts: TraceFacts): CheckResult;
}

/** Runs soon after, off the server's thread: may examine bytes and the script's file. */
export interface DeferredRule extends RuleTexts {
  /**
   * "failures": only if the request failed (see `isFailure`). "fallback": only if it
   * failed and no other rule reported an error.
   */
  readonly on: "anything" | "failures" | "fallback";
  /** What is left out, since it follows from what the rule finds: all other errors, or findings of these rules. */
  readonly explains?: "errors" | readonly string[];
  /** Also checks requests that no script answered. */
  readonly withoutScript?: true;
  check(facts: FactsWithFile): CheckResult;
}

/** A rule with the names of its folders. */
export type Rule = (InlineRule | DeferredRule) & Pick<RuleInfo, "id" | "stage">;

/** The particulars of one finding; the rest comes from the rule. */
export interface Occurrence extends Partial<Pick<Finding, "severity" | "stream" | "range" | "line" | "evidence">> {
  /** Instead of the rule's own. */
  readonly title?: string;
  /** What happened, with names and numbers, and what to do. */
  readonly detail: string | Sentence;
  /** Instead of the rule's own. */
  readonly fixes?: readonly FixId[];
}
export type CheckResult = Occurrence | readonly Occurrence[] | null;

/** The rules of a family, by id: `rule` makes one of each row. */
export const family = <Row, Kind extends InlineRule | DeferredRule>(
  rows: Readonly<Record<string, Row>>,
  rule: (row: Row) => Kind,
): Readonly<Record<string, Kind>> => Object.fromEntries(Object.entries(rows).map(([id, row]) => [id, rule(row)]));

export function toFinding(rule: Rule, { title = rule.title, detail, fixes, ...particulars }: Occurrence): Finding {
  return {
    rule: rule.id,
    severity: rule.severity,
    title: asSentence(title),
    detail: asSentence(detail),
    stream: null,
    range: null,
    line: null,
    reference: rule.reference ?? null,
    evidence: [],
    ...particulars,
    fixes: [...(fixes ?? rule.fixes ?? [])],
  };
}

/** A rule as the index of rules shows it. */
export const ruleInfo = ({
  id,
  stage,
  severity,
  title,
  summary,
  explanation,
  reference,
  logged = [],
  fixes = [],
}: Rule): RuleInfo => ({
  id,
  stage,
  severity,
  title,
  summary,
  explanation,
  reference: reference ?? null,
  logged: [...logged],
  fixes: [...fixes],
});
