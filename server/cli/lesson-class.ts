// The verbs of `cgi-workbench lesson` for a class.
import { basename, resolve } from "node:path";
import { ProblemError } from "../base/problem.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { ClassRow } from "../contract/lesson-class-contract.js";
import { wordsOf } from "../contract/message.js";
import { checkClass, classCsv, programsIn, worksFrom } from "../lessons/class/class-report.js";
import { type Hold, holds, holdWords } from "../lessons/class/confined.js";
import { collect, handOutFolder, handOutLesson } from "../lessons/class/hand-out.js";
import { Course } from "../lessons/course.js";
import { lessonProblem } from "../lessons/messages.js";
import { parsed } from "./config-option.js";
import { untilEndSignal } from "./end-signal.js";
import { atMost, codeOf, seed, seedOf, trust, trusting } from "./lesson-options.js";
import { writeOutput } from "./output-file.js";
import { UsageError } from "./usage/usage.js";
import { withoutLinks } from "./without-links.js";

/** Writes the ZIP that a class is given. */
export async function handOut(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, { code: { type: "string" } });
  const [name, to] = atMost("hand-out", positionals, 2);
  if (name === undefined) throw new UsageError("hand-out takes the ID of a lesson, or a folder");
  const course = new Course();
  const lesson = (await course.ids()).includes(name) ? await course.lesson(name) : null;
  const folder = resolve(name);
  const zip =
    lesson === null
      ? await handOutFolder(await withoutLinks(name))
      : await handOutLesson(course, lesson, codeOf(lesson, values.code));
  const file = to ?? `${lesson?.id ?? basename(folder)}.zip`;
  await writeOutput(file, zip);
  writeWords(process.stdout, `Written: ${file}\n`);
  return 0;
}

/** Unpacks the ZIPs of a class, and reports on them. */
export const collectWorks = (args: readonly string[]): Promise<number> =>
  report(args, (zip, into) => collect(resolve(zip), into));

export async function report(
  args: readonly string[],
  folderOf: (work: string, into: string) => Promise<string> = withoutLinks,
): Promise<number> {
  const { values, positionals } = parsed(args, {
    seed,
    trust,
    lesson: { type: "string" },
    csv: { type: "string" },
    json: { type: "boolean" },
    into: { type: "string", default: "works" },
  });
  if (positionals.length === 0) throw new UsageError("There is no work to check; see cgi-workbench lesson --help");
  const course = new Course();
  const own = values.lesson === undefined ? null : await course.lesson(resolve(values.lesson));
  if (own !== null) await trusting(course, own, values.trust);
  const works = await worksFrom(positionals, (work) => folderOf(work, resolve(values.into)));
  if (!values.trust) {
    const runs = await programsIn(works);
    if (runs.length > 0) throw new ProblemError(lessonProblem("works-untrusted", { runs }));
  }
  return untilEndSignal(async (signal) => {
    let rows: readonly ClassRow[] = [];
    let held: readonly Hold[] = [];
    for await (const table of checkClass(works, { course, own, seed: seedOf(values.seed), signal })) {
      ({ rows, held } = table);
      const last = table.isWhole || values.json ? undefined : rows.at(-1);
      if (last) writeWords(process.stdout, rowText(last));
    }
    if (values.json) process.stdout.write(jsonLine({ schema: 1, works: rows, held }));
    else for (const { work, sameAs } of rows) if (sameAs.length > 0) writeWords(process.stdout, sameText(work, sameAs));
    if (!values.json && rows.some(({ passed }) => passed !== null))
      for (const one of holds)
        writeWords(process.stdout, `${held.includes(one) ? "Held" : "Not held on this machine"}: ${holdWords[one]}\n`);
    if (values.csv !== undefined) await writeOutput(values.csv, Buffer.from(classCsv(rows)));
    if (rows.some(({ problem }) => problem !== null)) return 2;
    return rows.every(({ passed }) => passed) ? 0 : 1;
  });
}

const signs = { true: "✔", false: "✖", null: "?" } as const;
const rowText = ({ work, name, lesson, passed, points, of, failed, notJudged, problem }: ClassRow): string => {
  const about = [lesson, name].filter((word) => word !== "").join(", ");
  const which = [...failed, ...notJudged.map((id) => `${id} (not judged)`)].join(", ");
  const how = problem ? wordsOf(problem.message) : `${points} of ${of}${which === "" ? "" : `: ${which}`}`;
  return line(`${signs[`${passed}`]} ${work}${about === "" ? "" : ` (${about})`}: ${how}`);
};
const sameText = (work: string, others: readonly string[]): string =>
  line(`= ${work}: same code as ${others.join(", ")}`);
/** A learner's name with a line feed would write a row for another work. */
const line = (text: string): string => `${text.replaceAll("\n", "\\n")}\n`;
