// The programming languages of a lesson that this machine can run.
import type { LanguageId } from "../contract/samples-contract.js";
import { languages } from "../samples/languages.js";
import { findProgram } from "../workspace/interpreters/interpreters.js";
import { machineEnvironment } from "../workspace/interpreters/own-environment.js";

/** In their own order. */
export function installed(codes: readonly LanguageId[]): LanguageId[] {
  const path = machineEnvironment()["PATH"] ?? "";
  const isHere = (code: LanguageId): boolean => {
    const program = languages.find(({ id }) => id === code)?.program;
    return program !== undefined && findProgram(program, path) !== null;
  };
  return codes.filter(isHere);
}
