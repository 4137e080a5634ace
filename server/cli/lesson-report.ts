// What `lesson` prints: lines for people, and JUnit's XML for other programs.
import type { LessonCheck, LessonReport } from "../contract/lessons-contract.js";
import { wordsOf } from "../contract/message.js";
import type { Mistake } from "../lessons/format/read-yaml.js";
import type { Verified } from "../lessons/verify.js";
import { xmlText } from "./test-report.js";

interface ListedPart {
  readonly title: string;
  readonly lessons: readonly {
    readonly id: string;
    readonly title: string;
    readonly minutes: number;
    readonly codes: readonly string[];
    readonly isPassed: boolean | null;
  }[];
}

/** ✔ passed, ▸ started. */
export function listText(title: string, parts: readonly ListedPart[]): string {
  const lines = parts.flatMap((part) => [
    "",
    part.title,
    ...part.lessons.map(({ id, title: name, minutes, codes, isPassed }) => {
      const state = isPassed === null ? " " : isPassed ? "✔" : "▸";
      return `  ${state} ${id.padEnd(18)} ${name}  (${minutes} min; ${codes.join(", ")})`;
    }),
  ]);
  return `${[title, ...lines].join("\n")}\n`;
}

const signs = { passed: "✔", failed: "✖", waiting: "·", "not-judged": "?" } as const;

export function reportText(title: string, { checks, passed, seed, tookMs }: LessonReport): string {
  const lines = checks.flatMap((check) => [`  ${signs[check.state]} ${check.say}`, ...detailLines(check)]);
  const total = passed ? "All passed" : "Not yet";
  return `${title}\n${lines.join("\n")}\n\n${total}, ${Math.round(tookMs)} ms, seed ${seed}\n`;
}

function detailLines({ state, after, failure }: LessonCheck): string[] {
  if (state === "waiting") return [`      waits for the check “${after}”`];
  if (state === "not-judged") return ["      not judged: this machine did not run enough requests at one moment"];
  if (failure === null) return [];
  const { why, step, remark } = failure;
  return [
    `      ${wordsOf(why.text)}${step > 1 ? ` (request ${step})` : ""}`,
    ...(remark ? [`      → ${remark.say}`] : []),
  ];
}

export const mistakeText = (path: string, { line, why }: Mistake): string =>
  `${path}${line === null ? "" : `:${line}`}: ${wordsOf(why.text)}\n`;

export function verifiedText({ lesson, code, part, isRight, fails, report }: Verified): string {
  const must = fails === null ? (part === "start" ? "fails" : "passes") : `fails ${JSON.stringify(fails)}`;
  const line = `${isRight ? "✔" : "✖"} ${lesson} ${code}: ${part} ${must}\n`;
  return isRight ? line : `${line}${reportText(report.lesson, report)}`;
}

/** Other programs show the text of a failure, the class and the name. */
export function junitText({ lesson, checks, tookMs, seed }: LessonReport): string {
  const count = (state: LessonCheck["state"]): number => checks.filter((check) => check.state === state).length;
  const counts = `tests="${checks.length}" failures="${count("failed")}" errors="0" skipped="${count("waiting") + count("not-judged")}" time="${seconds(tookMs)}"`;
  const cases = checks.map((check) => {
    const open = `    <testcase classname="${xmlText(lesson)}" name="${xmlText(`${check.id}: ${check.say}`)}" time="${seconds(check.tookMs)}"`;
    if (check.state === "passed") return `${open}/>\n`;
    if (check.failure === null) return `${open}><skipped/></testcase>\n`;
    const { why, remark } = check.failure;
    const text = [why.text, ...(remark ? [remark.say] : []), `seed ${seed}`].join("\n");
    return `${open}><failure type="${xmlText(why.code)}" message="${xmlText(wordsOf(why.text))}">${xmlText(text)}</failure></testcase>\n`;
  });
  const suite = `  <testsuite name="${xmlText(lesson)}" ${counts}>\n${cases.join("")}  </testsuite>\n`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="cgi-workbench" ${counts}>\n${suite}</testsuites>\n`;
}

const seconds = (ms: number): string => (ms / 1000).toFixed(3);
