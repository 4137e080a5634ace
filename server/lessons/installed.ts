// The programming languages of a lesson that this machine can run.
import type { LanguageId } from "../contract/samples-contract.js";
import { languages } from "../samples/languages.js";
import { findProgram } from "../workspace/interpreters/interpreters.js";
import { machineEnvironment } from "../workspace/interpreters/own-environment.js";
import type { Lesson } from "./format/lesson.js";

/** In their own order. */
export function installed(codes: readonly LanguageId[]): LanguageId[] {
  const path = machineEnvironment()["PATH"] ?? "";
  const isHere = (code: LanguageId): boolean => {
    const program = languages.find(({ id }) => id === code)?.program;
    return program !== undefined && findProgram(program, path) !== null;
  };
  return codes.filter(isHere);
}

/** `wanted` if the lesson exists in it, else its first language that this machine can run, else its first. */
export const codeFor = ({ front: { code } }: Lesson, wanted?: string): LanguageId =>
  code.find((one) => one === wanted) ?? installed(code)[0] ?? code[0];
