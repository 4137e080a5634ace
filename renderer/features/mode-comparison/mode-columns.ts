// The columns of the comparison: the first modes, which every script has, and those that it uses or was measured in.
import { isOnlyMode } from "../../../server/contract/measurable.js";
import type { MeasuredMode, Measurement } from "../../../server/contract/measure-contract.js";
import { type Mode, modeNames, modeTraits } from "../../../server/contract/modes.js";
import type { FileEntry } from "../../../server/contract/workspace.js";

export interface ModeColumn {
  readonly mode: Mode;
  readonly measured: MeasuredMode | null;
  /** Why it is not for this script, a sentence; null: it is. */
  readonly unfit: string | null;
  /** The file beside the script that makes an application of it, which runs in this mode; null: the script does. */
  readonly wrapper: FileEntry | null;
}

const firstModes: readonly Mode[] = ["cgi", "prefork", "persistent"];

/** `wrapper`: the file that makes an application of the script, if there is one. */
export function columnsOf(
  entry: Pick<FileEntry, "mode" | "agent">,
  measurement: Measurement | null,
  wrapper: FileEntry | null = null,
): readonly ModeColumn[] {
  const measured = new Map(measurement?.modes.map((each) => [each.mode, each]));
  const others = modeNames.filter(
    (mode) => !firstModes.includes(mode) && (mode === entry.mode || mode === wrapper?.mode || measured.has(mode)),
  );
  return [...firstModes, ...others].map((mode) => {
    const isWrapped = mode === wrapper?.mode && mode !== entry.mode;
    return {
      mode,
      measured: measured.get(mode) ?? null,
      unfit: isWrapped ? null : unfitFor(mode, entry),
      wrapper: isWrapped ? wrapper : null,
    };
  });
}

function unfitFor(mode: Mode, { agent, mode: own }: Pick<FileEntry, "mode" | "agent">): string | null {
  if (mode === own) return null;
  if (own !== null && isOnlyMode(own))
    return own === "fastcgi" ? "The script speaks FastCGI itself." : "The file defines an application.";
  return modeTraits[mode].usesAgent && agent === null ? "Only for languages that have an agent." : null;
}

/** What one has to do to run the script in this mode, a sentence. */
export function whatToDo({ mode, measured, unfit, wrapper }: ModeColumn, preloads: number): string {
  if (unfit !== null) return unfit;
  if (wrapper !== null && measured === null) return "Measure again: the wrapper is new.";
  if (measured?.problem) return "Make the request work in this mode.";
  const leaks = measured?.leaks?.leaks.length ?? 0;
  if (leaks > 0) return `Correct ${leaks === 1 ? "one leak" : `${leaks} leaks`}.`;
  if (measured?.leaks?.alike === false) return "Find out why the output differs.";
  if (mode === "prefork" && preloads > 0)
    return `Nothing. Faster: preload ${preloads === 1 ? "one import" : `${preloads} imports`}.`;
  return mode === "cgi" || measured !== null ? "Nothing." : "Measure first.";
}

/**
 * How many times as fast as CGI; null: not known. `rate`: of the measurement; where that many requests are due, each
 * mode that keeps up is as fast as any other.
 */
export function timesCgi(column: ModeColumn, columns: readonly ModeColumn[], rate: number | null): number | null {
  if (rate !== null) return null;
  const cgi = columns.find(({ mode }) => mode === "cgi")?.measured?.figures?.perSecond ?? 0;
  const own = column.measured?.figures?.perSecond;
  return own === undefined || cgi === 0 ? null : own / cgi;
}
