// The verbs of `cgi-workbench lesson` for a class.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import { CheckProcess } from "../lessons/class/check-process.js";
import { type ClassRow, checkClass, classCsv } from "../lessons/class/class-report.js";
import { Course } from "../lessons/course.js";
import { untilEndSignal } from "./end-signal.js";
import { seed, seedOf, trust, trusting } from "./lesson-options.js";
import { writeOutput } from "./output-file.js";
import { UsageError } from "./usage/usage.js";
import { withoutLinks } from "./without-links.js";

export async function report(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { seed, trust, lesson: { type: "string" }, csv: { type: "string" }, json: { type: "boolean" } },
  });
  if (positionals.length === 0)
    throw new UsageError("report takes the works to check; see cgi-workbench lesson --help");
  const course = new Course();
  const own = values.lesson === undefined ? null : await course.lesson(resolve(values.lesson));
  if (own !== null) await trusting(course, own, values.trust);
  const works = await Promise.all(positionals.map(async (work) => ({ work, folder: await withoutLinks(work) })));
  return untilEndSignal(async (signal) => {
    const onRow = (row: ClassRow): void => {
      if (!values.json) writeWords(process.stdout, rowText(row));
    };
    const checker = new CheckProcess();
    let rows: readonly ClassRow[];
    try {
      rows = await checkClass(checker, works, { course, own, seed: seedOf(values.seed), signal, onRow });
    } finally {
      await checker.dispose();
    }
    if (values.json) process.stdout.write(jsonLine({ schema: 1, works: rows }));
    else for (const { work, sameAs } of rows) if (sameAs.length > 0) writeWords(process.stdout, sameText(work, sameAs));
    if (values.csv !== undefined) await writeOutput(values.csv, Buffer.from(classCsv(rows)));
    if (rows.some(({ problem }) => problem !== null)) return 2;
    return rows.every(({ passed }) => passed) ? 0 : 1;
  });
}

const signs = { true: "✔", false: "✖", null: "?" } as const;
const rowText = ({ work, name, lesson, passed, points, of, failed, notJudged, problem }: ClassRow): string => {
  const about = [lesson, name].filter((word) => word !== "").join(", ");
  const which = [...failed, ...notJudged.map((id) => `${id} (not judged)`)].join(", ");
  const how = problem?.message ?? `${points} of ${of}${which === "" ? "" : `: ${which}`}`;
  return line(`${signs[`${passed}`]} ${work}${about === "" ? "" : ` (${about})`}: ${how}`);
};
const sameText = (work: string, others: readonly string[]): string =>
  line(`= ${work}: same code as ${others.join(", ")}`);
/** A learner's name with a line feed would write a row for another work. */
const line = (text: string): string => `${text.replaceAll("\n", "\\n")}\n`;
