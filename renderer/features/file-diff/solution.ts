// The course's answer to a lesson, beside the learner's own.
import { beginComparison, type FileDiff } from "./diff-store.js";

export const compareWithSolution = (path: string, original: NonNullable<FileDiff["original"]>): void =>
  beginComparison({ path, against: { kind: "solution" }, original, why: null });
