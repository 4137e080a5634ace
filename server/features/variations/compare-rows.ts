// The response to a varied request beside the first one's: what differs, and what is not as it should be.
import { isServerError } from "../../contract/failure.js";
import { wordsOf } from "../../contract/message.js";
import type { ExpectationName, RowDifference, VariedRow } from "../../contract/variations-contract.js";
import { comesBack, markupAt, withoutValues } from "../../formats/variations/judge.js";
import { LengthJudge } from "../../formats/variations/measured.js";
import { settledText } from "../../formats/variations/settled.js";
import type { VariedValue } from "../../formats/variations/varied-value.js";
import { fromBytes } from "../../protocol/byte-string.js";
import { firstValue } from "../../protocol/header-values.js";
import { quotedText } from "../../protocol/visible-text.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import { type Answer, answerOf, differencesOf, firstDifference } from "../exchange/compare-responses.js";
import { brokenMessage } from "./messages.js";
import { isRefused } from "./probed.js";

/** So much of each stream is compared, bytes. */
const comparedBytes = 1 << 20;

/** What later rows are compared with. */
export interface Seen {
  readonly values: readonly VariedValue[];
  readonly answer: Answer | null;
  readonly stderr: Uint8Array;
  readonly findings: TraceRecord["findings"];
  readonly isRefused: boolean;
}

export function seenOf(trace: TraceRecord, values: readonly VariedValue[]): Seen {
  const { stderr, findings } = trace;
  return {
    values,
    answer: answerOf(trace.response, comparedBytes),
    stderr: stderr?.read(0, Math.min(stderr.captured, comparedBytes)) ?? new Uint8Array(0),
    findings,
    isRefused: isRefused(trace) && !isServerError(trace.response?.status ?? null),
  };
}

const settled = (bytes: Uint8Array): Uint8Array => Buffer.from(settledText(fromBytes(bytes)), "latin1");
const textOf = ({ answer }: Seen): ReturnType<typeof fromBytes> => fromBytes(answer?.body ?? new Uint8Array(0));
/** The body without times, ids and values. */
const restOf = (seen: Seen): string => settledText(withoutValues(textOf(seen), seen.values));

/** Times and ids left out, as a comparison of two traces does; a length says nothing that the body does not. */
export function rowDifferences(first: Seen, now: Seen): readonly RowDifference[] {
  const all = differencesOf(first.answer, now.answer, settled);
  const hasOther = all.some(({ part }) => part === "body");
  const isValueAlone = hasOther && restOf(first) === restOf(now);
  const offset = firstDifference(settled(first.stderr), settled(now.stderr));
  return [
    ...all.flatMap(({ part, name, message }): RowDifference[] => {
      if (part === "body" && isValueAlone) return [{ part: "value", message: brokenMessage("varied-value") }];
      return hasOther && name === "content-length" ? [] : [{ part, message }];
    }),
    ...(offset === null ? [] : [{ part: "stderr" as const, message: brokenMessage("varied-stderr", { offset }) }]),
  ];
}

type Broken = VariedRow["broken"][number];

interface Judged {
  readonly first: Seen;
  /** The row before it. */
  readonly before: Seen;
  readonly now: Seen;
  /** By the places of the values. */
  readonly judges: LengthJudge[];
}

/** What the gateway refuses, no script has failed. */
export function brokenOf(
  expects: readonly ExpectationName[],
  { first, before, now, judges }: Judged,
): readonly Broken[] {
  if (now.isRefused) return [];
  const told = expects.flatMap((expectation): Broken[] => {
    const isMeasured = expectation === "comes-back" && now.values.some((value) => value.isMeasured);
    const message = isMeasured ? mismeasured(now, judges) : checks[expectation](now, first);
    return message === null ? [] : [{ expectation, message }];
  });
  return [...told, ...revealed(now, first), ...unlike(now, before)];
}

type Check = (now: Seen, first: Seen) => Broken["message"] | null;

const checks: Readonly<Record<ExpectationName, Check>> = {
  "no-5xx": ({ answer }) => {
    if (answer === null) return brokenMessage("varied-no-response");
    return isServerError(answer.status) ? brokenMessage("varied-status", { status: answer.status }) : null;
  },
  "no-finding": (now, first) => {
    const isKnown = (rule: string): boolean =>
      first.findings.some((finding) => finding.rule === rule) ||
      now.values.some(({ excused }) => excused?.includes(rule));
    const found = now.findings.find(
      ({ severity, rule }) => severity === "error" || (severity === "warning" && !isKnown(rule)),
    );
    return found ? brokenMessage("varied-finding", { title: wordsOf(found.title) }) : null;
  },
  escaped: (now) => {
    const offset = markupAt(textOf(now), firstValue(now.answer?.headers ?? [], "content-type") ?? "");
    return offset === null ? null : brokenMessage("varied-markup", { offset });
  },
  "comes-back": (now, first) =>
    comesBack(textOf(first), first.values) && !comesBack(textOf(now), now.values) ? brokenMessage("varied-lost") : null,
  same: (now, first) => {
    const [status, was] = [now, first].map(({ answer }) => String(answer?.status ?? "–"));
    if (status !== was) return brokenMessage("varied-other-status", { status: status ?? "", was: was ?? "" });
    const offset = firstDifference(settled(first.answer?.body ?? none), settled(now.answer?.body ?? none));
    return offset === null ? null : brokenMessage("varied-other-body", { offset });
  },
};
const none = new Uint8Array(0);

/** By the length of each value, whatever the first row has. */
function mismeasured({ answer, values }: Seen, judges: LengthJudge[]): Broken["message"] | null {
  if (answer === null) return null;
  const { status, body, bytes } = answer;
  const response = { status, body: fromBytes(body), isWhole: body.length === bytes, settled: settledText };
  const found = values.flatMap(({ isMeasured, bytes: [value] }, place) => {
    if (!isMeasured || value === undefined) return [];
    judges[place] ??= new LengthJudge();
    return judges[place].judge(value, response) ?? [];
  })[0];
  if (found === undefined) return null;
  if (found.kind === "cut") return brokenMessage("varied-cut", { shown: found.shown, of: found.of });
  if (found.kind === "lost") return brokenMessage("varied-length-lost");
  return brokenMessage("varied-miscounted", { found: found.found, wanted: found.wanted });
}

/** What only code or a file brings into a response. */
function revealed(now: Seen, first: Seen): readonly Broken[] {
  const [shown, before] = [now, first].map(
    (seen) => `${(seen.answer?.headers ?? []).map(([name, value]) => `${name}: ${value}\n`).join("")}\n${textOf(seen)}`,
  );
  return now.values.flatMap(({ reveals }): Broken[] => {
    const found = reveals?.exec(shown ?? "")?.[0];
    if (found === undefined || reveals?.test(before ?? "")) return [];
    return [{ expectation: "not-run", message: brokenMessage("varied-run", { shown: quotedText(found) }) }];
  });
}

/** Two values of one length: what a script makes of them to show them has one length, too. */
function unlike(now: Seen, before: Seen): readonly Broken[] {
  if (!now.values.some(({ isTwin }) => isTwin)) return [];
  const isAlike = before.answer?.status === now.answer?.status && restOf(before).length === restOf(now).length;
  const offset = firstDifference(before.answer?.body ?? none, now.answer?.body ?? none) ?? 0;
  return isAlike ? [] : [{ expectation: "alike", message: brokenMessage("varied-not-alike", { offset }) }];
}
