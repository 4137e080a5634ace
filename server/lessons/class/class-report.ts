// The works of a class: each is checked again with fresh values, and nothing that a work says of its progress counts.
import { basename } from "node:path";
import { ProblemError } from "../../base/problem.js";
import { type ClassRow, classRow } from "../../contract/lesson-class-contract.js";
import { wordsOf } from "../../contract/message.js";
import { csvRow } from "../../formats/csv-row.js";
import type { Course } from "../course.js";
import { filesBelow, readTree, type TreeFile } from "../format/file-tree.js";
import type { Lesson } from "../format/lesson.js";
import { demandTrust } from "../lesson-trust.js";
import { notChecked } from "../messages.js";
import { workIn } from "../work.js";
import { CheckProcess } from "./check-process.js";
import type { Hold } from "./confined.js";
import { codePrints, sameAs } from "./same-code.js";

export interface WorkToCheck {
  /** The path that was named. */
  readonly work: string;
  /** Absolute; or why there is none. */
  readonly folder: string | ProblemError;
}

/** One that cannot be had is told of where the others are. */
export async function worksFrom(
  names: readonly string[],
  folderOf: (name: string) => Promise<string>,
): Promise<WorkToCheck[]> {
  const works: WorkToCheck[] = [];
  for (const work of names) {
    const folder = await folderOf(work).catch((error: unknown) => {
      if (error instanceof ProblemError) return error;
      throw error;
    });
    works.push({ work, folder });
  }
  return works;
}

/** The files that can run when the works are checked, in the order of the works. @throws ProblemError */
export async function programsIn(works: readonly WorkToCheck[]): Promise<string[]> {
  const runs: string[] = [];
  for (const { work, folder } of works)
    for (const { path } of folder instanceof ProblemError ? [] : await codeIn(folder))
      if (/(^|\/)(cgi-bin\/|cgi-workbench\.json$)/.test(path)) runs.push(`${work}/${path}`);
  return runs;
}

interface ClassOptions {
  readonly course: Course;
  /** A lesson of one's own, on which a work is that names it by another machine's path. */
  readonly own: Lesson | null;
  readonly seed: string;
  readonly signal: AbortSignal;
}

interface ClassTable {
  /** In the order of the works, as far as they are checked. */
  readonly rows: ClassRow[];
  /** What the works were kept from, as far as one was checked. */
  readonly held: readonly Hold[];
  /** All are checked, and compared with each other. */
  readonly isWhole: boolean;
}

/** The table after each work, and at last the whole one. @throws ProblemError, or the signal's reason */
export async function* checkClass(
  works: readonly WorkToCheck[],
  options: ClassOptions,
): AsyncGenerator<ClassTable, void> {
  const checker = new CheckProcess();
  try {
    const checked: { work: string; row: ClassRow; prints: ReadonlySet<string> }[] = [];
    for (const { work, folder } of works) {
      const nothing = { points: 0, of: 0, failed: [], notJudged: [], sameAs: [], problem: null };
      const unknown = { work, name: "", lesson: "", code: "", passed: null, seed: options.seed, ...nothing };
      checked.push({ work, ...(await checkOne(checker, folder, unknown, options)) });
      yield { rows: checked.map(({ row }) => row), held: checker.held, isWhole: false };
    }
    const same = sameAs(checked);
    const rows = checked.map(({ row }, index) => ({ ...row, sameAs: same[index] ?? [] }));
    yield { rows, held: checker.held, isWhole: true };
  } finally {
    await checker.dispose();
  }
}

async function checkOne(
  checker: CheckProcess,
  folder: WorkToCheck["folder"],
  unknown: ClassRow,
  { course, own, seed, signal }: ClassOptions,
): Promise<{ row: ClassRow; prints: ReadonlySet<string> }> {
  let row = unknown;
  try {
    if (folder instanceof ProblemError) throw folder;
    const { name, lesson: named, code } = await workIn(folder);
    row = { ...row, name: name ?? "", lesson: named, code };
    const lesson = own !== null && basename(named) === own.id ? own : await course.lesson(named);
    await demandTrust(course, lesson);
    row = { ...row, lesson: lesson.id };
    const order = { lesson: course.has(lesson) ? lesson.id : lesson.folder, folder, code, seed };
    const answer = await checker.check(order, signal);
    if ("problem" in answer) return { row: { ...row, problem: answer.problem }, prints: new Set() };
    const { passed, checks } = answer.report;
    const those = (...states: string[]) => checks.filter(({ state }) => states.includes(state));
    const sum = (some: typeof checks): number => some.reduce((all, { points }) => all + points, 0);
    row = {
      ...row,
      passed,
      points: sum(those("passed")),
      of: sum(checks),
      failed: those("failed", "waiting").map(({ id }) => id),
      notJudged: those("not-judged").map(({ id }) => id),
    };
    return { row, prints: codePrints(await codeIn(folder), filesBelow(lesson.files, `start/${code}`)) };
  } catch (error) {
    signal.throwIfAborted();
    return { row: { ...row, problem: notChecked(row.work, error) }, prints: new Set() };
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

const columns = classRow.keyof().options;

/** Columns are only ever added, at the end. */
export const classCsv = (rows: readonly ClassRow[]): string =>
  [
    columns.map((name) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)),
    ...rows.map((row) => columns.map((name) => csvCell(row[name]))),
  ]
    .map((cells) => `${csvRow(cells)}\r\n`)
    .join("");

/** A learner's name is no formula. */
function csvCell(cell: ClassRow[keyof ClassRow]): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  const plain = typeof cell === "string" ? cell : Array.isArray(cell) ? cell.join(" ") : wordsOf(cell.message);
  return /^[=+\-@\t\r]/.test(plain) ? `'${plain}` : plain;
}
