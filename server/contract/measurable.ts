// What can be measured of a script, by its mode and its language.
import { type AgentLanguage, callsApplication, type Mode, speaksWebSocket } from "./modes.js";

/** A file of this mode runs in no other one: it speaks FastCGI, defines an application, or exchanges messages. */
export const isOnlyMode = (mode: Mode): boolean =>
  mode === "fastcgi" || callsApplication(mode) || speaksWebSocket(mode);

/** Languages in which the interpreter reports what a script imports. */
const examinedLanguages = ["python", "perl"] as const satisfies readonly AgentLanguage[];
export type ExaminedLanguage = (typeof examinedLanguages)[number];

/** The language of a script whose cold start can be examined; null: it cannot. */
export const examinedLanguage = (language: AgentLanguage | null): ExaminedLanguage | null =>
  examinedLanguages.find((each) => each === language) ?? null;
