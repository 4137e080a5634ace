// The works of a class: each is checked again with fresh values, and nothing that a work says of its progress counts.
import { basename } from "node:path";
import { ProblemError } from "../../base/problem.js";
import type { Problem } from "../../contract/workspace.js";
import type { Course } from "../course.js";
import { filesBelow, readTree, type TreeFile } from "../format/file-tree.js";
import type { Lesson } from "../format/lesson.js";
import { demandTrust } from "../lesson-trust.js";
import { notChecked } from "../messages.js";
import { workIn } from "../work.js";
import type { CheckProcess } from "./check-process.js";
import { codePrints, sameAs } from "./same-code.js";

export interface WorkToCheck {
  /** The path that was named. */
  readonly work: string;
  /** Absolute; or why there is none. */
  readonly folder: string | ProblemError;
}

/** The files that can run when the works are checked, in the order of the works. @throws ProblemError */
export async function programsIn(works: readonly WorkToCheck[]): Promise<string[]> {
  const runs: string[] = [];
  for (const { work, folder } of works)
    for (const { path } of folder instanceof ProblemError ? [] : await codeIn(folder))
      if (/(^|\/)(cgi-bin\/|cgi-workbench\.json$)/.test(path)) runs.push(`${work}/${path}`);
  return runs;
}

/** A work of a class. Empty: it is not known. */
export interface ClassRow {
  readonly work: string;
  /** Whose it is, as the work says. */
  readonly name: string;
  readonly lesson: string;
  readonly code: string;
  /** Null: it could not be checked. */
  readonly passed: boolean | null;
  readonly points: number;
  readonly of: number;
  /** The checks that failed, or wait for one that did. */
  readonly failed: readonly string[];
  readonly notJudged: readonly string[];
  readonly seed: string;
  /** Works with the same code. */
  readonly sameAs: readonly string[];
  /** Why it could not be checked. */
  readonly problem: Problem | null;
}

interface ClassOptions {
  readonly course: Course;
  /** A lesson of one's own, on which a work is that names it by another machine's path. */
  readonly own: Lesson | null;
  readonly seed: string;
  readonly signal: AbortSignal;
  readonly onRow: (row: ClassRow) => void;
}

/** Resolves with the rows in the order of the works. @throws ProblemError, or the signal's reason */
export async function checkClass(
  checker: Pick<CheckProcess, "check">,
  works: readonly WorkToCheck[],
  options: ClassOptions,
): Promise<ClassRow[]> {
  const checked: { work: string; row: ClassRow; prints: ReadonlySet<string> }[] = [];
  for (const one of works) {
    const found = await checkOne(checker, one, options);
    options.onRow(found.row);
    checked.push({ work: one.work, ...found });
  }
  const same = sameAs(checked);
  return checked.map(({ row }, index) => ({ ...row, sameAs: same[index] ?? [] }));
}

async function checkOne(
  checker: Pick<CheckProcess, "check">,
  { work, folder }: WorkToCheck,
  { course, own, seed, signal }: ClassOptions,
): Promise<{ row: ClassRow; prints: ReadonlySet<string> }> {
  const nothing = { points: 0, of: 0, failed: [], notJudged: [], sameAs: [], problem: null };
  let row: ClassRow = { work, name: "", lesson: "", code: "", passed: null, seed, ...nothing };
  try {
    if (folder instanceof ProblemError) throw folder;
    const said = await workIn(folder);
    row = { ...row, name: said.name ?? "", lesson: said.lesson, code: said.code };
    const lesson = own !== null && basename(said.lesson) === own.id ? own : await course.lesson(said.lesson);
    await demandTrust(course, lesson);
    row = { ...row, lesson: lesson.id };
    const { code } = said;
    const name = course.has(lesson) ? lesson.id : lesson.folder;
    const answer = await checker.check({ lesson: name, folder, code, seed }, signal);
    if ("problem" in answer) return { row: { ...row, problem: answer.problem }, prints: new Set() };
    const { report } = answer;
    const ids = (...states: string[]) => report.checks.filter(({ state }) => states.includes(state));
    const sum = (checks: typeof report.checks): number => checks.reduce((all, { points }) => all + points, 0);
    return {
      row: {
        ...row,
        passed: report.passed,
        points: sum(ids("passed")),
        of: sum(report.checks),
        failed: ids("failed", "waiting").map(({ id }) => id),
        notJudged: ids("not-judged").map(({ id }) => id),
      },
      prints: codePrints(await codeIn(folder), filesBelow(lesson.files, `start/${code}`)),
    };
  } catch (error) {
    signal.throwIfAborted();
    return { row: { ...row, problem: notChecked(work, error) }, prints: new Set() };
  }
}

/** The files that are compared with other works'; none of a work that has more of them than a lesson may have. */
async function codeIn(folder: string): Promise<readonly TreeFile[]> {
  try {
    return await readTree(folder);
  } catch (error) {
    if (error instanceof ProblemError) return [];
    throw error;
  }
}

const columns: readonly (readonly [title: string, cell: (row: ClassRow) => string | number])[] = [
  ["work", ({ work }) => work],
  ["name", ({ name }) => name],
  ["lesson", ({ lesson }) => lesson],
  ["code", ({ code }) => code],
  ["passed", ({ passed }) => (passed === null ? "" : passed ? "yes" : "no")],
  ["points", ({ points }) => points],
  ["of", ({ of }) => of],
  ["failed", ({ failed }) => failed.join(" ")],
  ["not judged", ({ notJudged }) => notJudged.join(" ")],
  ["seed", ({ seed }) => seed],
  ["same as", (row) => row.sameAs.join(" ")],
  ["problem", ({ problem }) => problem?.message ?? ""],
];

/** Columns are only ever added, at the end. */
export const classCsv = (rows: readonly ClassRow[]): string =>
  [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, cell]) => cell(row)))]
    .map((cells) => `${cells.map(csvCell).join(",")}\r\n`)
    .join("");

/** A learner's name is no formula. */
function csvCell(cell: string | number): string {
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
