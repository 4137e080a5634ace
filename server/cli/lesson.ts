// `cgi-workbench lesson`: the course on the command line, for learners, and for whoever teaches or writes lessons.
import { join, resolve } from "node:path";
import { ProblemError } from "../base/problem.js";
import { jsonLine, writeWords } from "../base/terminal-text.js";
import type { LessonReport } from "../contract/lessons-contract.js";
import type { LanguageId } from "../contract/samples-contract.js";
import { readTraceFile } from "../features/exchange/read-trace-file.js";
import { Course } from "../lessons/course.js";
import { textsIn } from "../lessons/format/lesson.js";
import { readLesson } from "../lessons/format/read-lesson.js";
import { installed } from "../lessons/installed.js";
import { newLesson } from "../lessons/new-lesson.js";
import { verifyLesson } from "../lessons/verify.js";
import { courseWithWorks, noteReport, resetWork, startWork, workIn } from "../lessons/work.js";
import { numberOf, parsed } from "./config-option.js";
import { collectWorks, handOut, report } from "./lesson-class.js";
import { atMost, checking, codeOf, seed, seedOf, trust, trusting } from "./lesson-options.js";
import { junitText, listText, mistakeText, reportText, verifiedText } from "./lesson-report.js";
import { openReport, writeReport } from "./output-report.js";
import { tellProblems } from "./tell-problems.js";
import { UsageError } from "./usage/usage.js";
import { withoutLinks } from "./without-links.js";

const verbs = { list, start, check, verify, new: begin, reset, report, "hand-out": handOut, collect: collectWorks };
const isVerb = (word: string | undefined): word is keyof typeof verbs =>
  word !== undefined && Object.hasOwn(verbs, word);

export async function lesson([verb, ...args]: readonly string[]): Promise<number> {
  if (!isVerb(verb))
    throw new UsageError(`lesson takes one of ${Object.keys(verbs).join(", ")}; see cgi-workbench lesson --help`);
  try {
    return await verbs[verb](args);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    tellProblems([error.problem]); // 1 is for a work that has not passed
    return 2;
  }
}

const language = { type: "string", default: "en" } as const;

async function list(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, { language, json: { type: "boolean" } });
  const [dir = "."] = atMost("list", positionals, 1);
  const { title, parts, problems } = await courseWithWorks(new Course(), resolve(dir));
  tellProblems(problems);
  const all = parts.map((part) => ({
    ...part,
    lessons: part.lessons.map(({ lesson: found, work }) => {
      const { title: name, goal } = textsIn(found, values.language);
      const { minutes, code: codes } = found.front;
      const isPassed = work && work.work.progress.passedAt !== null;
      return { id: found.id, title: name, goal, minutes, codes, work: work?.root ?? null, isPassed };
    }),
  }));
  if (values.json) process.stdout.write(jsonLine({ schema: 1, title, parts: all }));
  else writeWords(process.stdout, listText(title, all));
  return 0;
}

async function start(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, { code: { type: "string" }, as: { type: "string" }, trust });
  const [name, dir] = atMost("start", positionals, 2);
  if (name === undefined) throw new UsageError("start takes the ID of a lesson; see cgi-workbench lesson list");
  const course = new Course();
  const chosen = await course.lesson((await course.ids()).includes(name) ? name : resolve(name));
  await trusting(course, chosen, values.trust);
  const code = codeOf(chosen, values.code);
  const folder = resolve(dir ?? chosen.id);
  const isNew = await startWork(course, { lesson: chosen, code, name: values.as ?? null, folder });
  writeWords(process.stdout, `${isNew ? "Started" : "Already started"}: ${folder}\n`);
  return 0;
}

async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    seed,
    language,
    trust,
    json: { type: "boolean" },
    junit: { type: "string" },
  });
  const [dir = "."] = atMost("check", positionals, 1);
  const folder = await withoutLinks(dir);
  const { lesson: name, code } = await workIn(folder);
  const course = new Course();
  const found = await course.lesson(name);
  await trusting(course, found, values.trust);
  const junit = values.junit === undefined ? null : await openReport(values.junit);
  try {
    return await checking(async (checker, signal) => {
      const texts = textsIn(found, values.language);
      const report = await checker.check(found, { folder, code }, { seed: seedOf(values.seed), texts, signal });
      if (values.json) process.stdout.write(jsonLine(report));
      else writeWords(process.stdout, reportText(texts.title, report));
      const isWritten = junit === null || (await writeReport(junit, junitText(report)));
      await noting(folder, report);
      return report.passed && isWritten ? 0 : 1;
    });
  } finally {
    await junit?.file.close();
  }
}

async function verify(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, {
    rounds: { type: "string" },
    seed,
    trust,
    json: { type: "boolean" },
  });
  const rounds = numberOf("--rounds", values.rounds, [1, 100]) ?? 3;
  const course = new Course();
  const folders =
    positionals.length > 0
      ? positionals.map((dir) => resolve(dir))
      : (await course.ids()).map((id) => course.folderOf(id));
  return checking(async (checker, signal) => {
    let isRight = true;
    for (const folder of folders) {
      const { lesson: found, mistakes } = await readLesson(folder);
      for (const mistake of mistakes) writeWords(process.stderr, mistakeText(join(folder, mistake.path), mistake));
      isRight &&= found !== null && mistakes.length === 0;
      if (found === null || mistakes.length > 0) continue;
      await trusting(course, found, values.trust);
      const codes: LanguageId[] = installed(found.front.code);
      for (const code of found.front.code)
        if (!codes.includes(code)) writeWords(process.stderr, `${found.id} ${code}: not checked, not installed here\n`);
      for await (const each of verifyLesson(checker, found, { rounds, codes, seed: seedOf(values.seed), signal })) {
        isRight &&= each.isRight;
        if (values.json) process.stdout.write(jsonLine(each));
        else writeWords(process.stdout, verifiedText(each));
      }
    }
    return isRight ? 0 : 2;
  });
}

async function begin(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, { "from-trace": { type: "string" } });
  const [id, dir = "."] = atMost("new", positionals, 2);
  if (id === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))
    throw new UsageError("new takes the ID of a lesson: lower-case words joined by -");
  const file = values["from-trace"];
  const [trace, ...more] = file === undefined ? [] : await readTraceFile(resolve(file));
  if (more.length > 0) throw new UsageError(`--from-trace takes a file with one trace, and ${file} has more`);
  const folder = join(resolve(dir), id);
  await newLesson(folder, trace ?? null);
  writeWords(
    process.stdout,
    `Begun: ${folder}\nIts words are yours to write. Then: cgi-workbench lesson verify ${folder}\n`,
  );
  return 0;
}

async function reset(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args, { trust });
  const [dir = "."] = atMost("reset", positionals, 1);
  const folder = await withoutLinks(dir);
  const course = new Course();
  const found = await course.lesson((await workIn(folder)).lesson);
  await trusting(course, found, values.trust);
  const kept = await resetWork(found, folder);
  writeWords(process.stdout, `As at the start. What was there is in ${join(folder, kept)}.\n`);
  return 0;
}

/** A work that cannot be written has its report all the same. */
async function noting(folder: string, report: LessonReport): Promise<void> {
  try {
    await noteReport(folder, report);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    tellProblems([error.problem]);
  }
}
