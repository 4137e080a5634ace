// Whether a lesson is right: its start fails, its solution passes with every value, and each wrong answer fails exactly
// the checks that it should, with exactly their remarks.
import { isDeepStrictEqual } from "node:util";
import { inTemporaryFolder } from "../base/temporary-folder.js";
import type { LessonReport } from "../contract/lessons-contract.js";
import type { LanguageId } from "../contract/samples-contract.js";
import type { LessonChecker } from "./check/checker.js";
import { filesBelow, type StartState, writeTree } from "./format/file-tree.js";
import type { Lesson } from "./format/lesson.js";

export interface Verified {
  readonly lesson: string;
  readonly code: LanguageId;
  /** "start", "solution", or the path of a wrong answer. */
  readonly part: string;
  readonly isRight: boolean;
  /** For a wrong answer: the checks that it should fail, each with the number of its remark. */
  readonly fails: Readonly<Record<string, number>> | null;
  readonly report: LessonReport;
}

interface VerifyOptions {
  /** How often the solution is checked, each time with other values. */
  readonly rounds: number;
  /** The languages that are installed. */
  readonly codes: readonly LanguageId[];
  readonly seed: string;
  readonly signal: AbortSignal;
}

export async function* verifyLesson(
  checker: LessonChecker,
  lesson: Lesson,
  { rounds, codes, seed, signal }: VerifyOptions,
): AsyncGenerator<Verified> {
  const checked = (part: string, code: LanguageId, state: StartState, round: string): Promise<LessonReport> => {
    return inTemporaryFolder("lesson", async (folder) => {
      await writeTree(folder, filesBelow(lesson.files, `${part}/${code}`), state);
      return checker.check(lesson, { folder, code }, { seed: round, texts: lesson.texts, signal });
    });
  };
  for (const code of lesson.front.code.filter((one) => codes.includes(one))) {
    const about = { lesson: lesson.id, code, fails: null };
    for (let round = 1; round <= rounds; round++) {
      const report = await checked("solution", code, {}, `${seed}-${round}`);
      yield { ...about, part: "solution", isRight: report.passed, report };
    }
    const start = await checked("start", code, lesson.front, seed);
    yield { ...about, part: "start", isRight: start.checks.some(({ state }) => state === "failed"), report: start };
    for (const [answer, fails] of Object.entries(lesson.wrong)) {
      const part = `wrong/${answer}`;
      if (filesBelow(lesson.files, `${part}/${code}`).length === 0) continue;
      const report = await checked(part, code, {}, seed);
      yield { ...about, part, fails, isRight: isDeepStrictEqual(failed(report), fails), report };
    }
  }
}

const failed = ({ checks }: LessonReport): Record<string, number> =>
  Object.fromEntries(
    checks.flatMap(({ id, state, failure }) =>
      state === "failed" ? [[id, failure?.remark?.number ?? 0] as const] : [],
    ),
  );
