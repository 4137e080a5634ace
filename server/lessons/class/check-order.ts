// What the process that checks the works of a class is asked, and what it answers.
import { z } from "zod";
import { lessonReport } from "../../contract/lessons-contract.js";
import { languageId } from "../../contract/samples-contract.js";
import { problem } from "../../contract/workspace.js";

export const checkOrder = z.object({
  /** An id of the course, or the absolute path of a lesson's folder. */
  lesson: z.string(),
  /** The absolute path of the work. */
  folder: z.string(),
  code: languageId,
  seed: z.string(),
});
export type CheckOrder = z.infer<typeof checkOrder>;

export const checkAnswer = z.union([z.object({ report: lessonReport }), z.object({ problem })]);
export type CheckAnswer = z.infer<typeof checkAnswer>;
