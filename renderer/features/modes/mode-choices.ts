// The ways in which a script may be run here.
import { type Mode, type ModeTraits, modeNames, modeTraits, requestModes } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";
import { languageOf } from "../../platform/monaco/language.js";

/** Empty for what is not run here: a static file, or an external application. */
export function modeChoices({ path, mode, agent }: Pick<FileEntry, "path" | "mode" | "agent">): readonly Mode[] {
  if (mode === null || modeTraits[mode].isExternal) return [];
  const here = modeNames.filter(
    (name) => !modeTraits[name].isExternal && (agent !== null || !modeTraits[name].usesAgent) && isFor(name, agent),
  );
  const reading = here.filter((name) => isReadIn(name, path, mode));
  // What an interpreter reads is a page, not a program that could speak FastCGI or exchange messages.
  return reading.length > 0
    ? [...reading, ...requestModes.filter((name) => here.includes(name) && !modeTraits[name].speaksFastcgi)]
    : here.filter((name) => modeTraits[name].interpreter === null);
}

/** False for a mode that serves applications in another language. */
function isFor(name: Mode, agent: FileEntry["agent"]): boolean {
  const { applications }: ModeTraits = modeTraits[name];
  return applications.length === 0 || (agent !== null && applications.includes(agent));
}

/** The mode's interpreter reads the file: by its extension, or because the configuration names it. */
function isReadIn(name: Mode, path: string, current: Mode | null): boolean {
  const { interpreter, extension } = modeTraits[name];
  return interpreter !== null && (name === current || path.toLowerCase().endsWith(extension));
}

/** An interpreter or a compiler reads the file, so its executable bit does not matter. */
export const isOnlyRead = (path: string): boolean =>
  languageOf(path, "").id === "cpp" || modeNames.some((name) => isReadIn(name, path, null));
