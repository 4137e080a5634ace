// Two versions of one script, or two scripts, measured beside each other in the same mode. Another
// version than the file's runs as a file beside it, with the same settings, for as long as that takes: so
// it finds its modules, its folder and its data.
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import type { Workbench } from "../../app/workbench.js";
import { unlessMissing } from "../../base/disk.js";
import { ProblemError } from "../../base/problem.js";
import type { StartLoad } from "../../client/load-process.js";
import { configFileName } from "../../contract/config.js";
import type { CompareAsked, Compared, MeasureProgress } from "../../contract/measure-contract.js";
import { wordsOf } from "../../contract/message.js";
import { toBytes } from "../../protocol/byte-string.js";
import { withScriptCopied } from "../../workspace/config/edit-config.js";
import { remarksOn, verdictOf } from "../bench/bench-report.js";
import { type Contender, runBench, scriptAt } from "../bench/run-bench.js";
import { startupOf, triedContender } from "../bench/tried-contenders.js";
import { diskHash } from "./measure.js";
import { measureProblem, verdictMessage } from "./messages.js";
import { type ScratchFolder, withScratch } from "./scratch.js";
import { refuseOtherSettings, scriptOf, tailOf } from "./script-target.js";
import { putBeside } from "./version-beside.js";

interface CompareOptions {
  readonly folder: ScratchFolder;
  readonly asked: CompareAsked;
  /** The bytes of the other version; null: another script, whose target was asked for. */
  readonly version: Uint8Array | null;
  readonly startLoad: StartLoad;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: MeasureProgress) => void;
}

const rounds = 5;

/** @throws ProblemError, or the signal's reason */
export async function compare(options: CompareOptions): Promise<Compared> {
  const { folder, asked, version } = options;
  const { path, target, against } = asked;
  if (version === null) return comparedIn(options, folder, () => (against.kind === "script" ? against.target : target));
  const beside = besideOf(path);
  const config = withScriptCopied(await configText(folder), path, beside);
  const { configFile, remove } = await putBeside(join(folder.root, beside), {
    script: join(folder.root, path),
    bytes: version,
    config,
  });
  try {
    return await comparedIn(options, { root: folder.root, configFile }, (workbench) => {
      const route = scriptOf(workbench, asked);
      const at = workbench.folder.workspace().targetOf(beside);
      if (at === null) throw new ProblemError(measureProblem("other-script", { path, target }));
      const other = at + tailOf(target, route);
      refuseOtherSettings(workbench, target, other);
      return other;
    });
  } finally {
    await remove();
  }
}

/** `otherIn`: what is requested beside the target. */
async function comparedIn(
  { asked, startLoad, signal, onProgress }: CompareOptions,
  folder: ScratchFolder,
  otherIn: (workbench: Workbench) => string,
): Promise<Compared> {
  const { target, mode, connections, rate, seconds } = asked;
  return withScratch(folder, { startLoad }, async (workbench) => {
    const other = otherIn(workbench);
    const hashes = (): Promise<readonly (string | null)[]> =>
      Promise.all([target, other].map((each) => diskHash(Buffer.from(toBytes(scriptAt(workbench, each).file)))));
    const begun = await hashes();
    const contenders: Contender[] = [];
    for (const each of [target, other]) {
      const startup = await startupOf(workbench, each, signal);
      contenders.push(await triedContender(workbench, { target: each, mode }, startup, signal));
    }
    const { modes } = await runBench(workbench, {
      contenders,
      connections,
      rate,
      rounds,
      seconds,
      signal,
      onRound: (round, _, done) => onProgress({ kind: "progress", step: "rounds", mode, round, rounds, done }),
    });
    const figures = modes.map((each, index) => ({ ...each, target: namesOf(asked)[index] ?? each.target }));
    const ended = await hashes();
    if (ended.some((hash, index) => hash !== begun[index]))
      return { figures, messages: [verdictMessage("saved-meanwhile")], isProven: false, hasChanged: true };
    const verdict = verdictOf(figures, rate !== null);
    const messages = [
      ...(verdict === null ? [] : [verdictMessage("measured", { text: wordsOf(verdict.text) })]),
      ...remarksOn(figures),
    ];
    return { figures, messages, isProven: verdict?.isProven ?? false, hasChanged: false };
  });
}

/** As sentences name the two. */
const namesOf = ({ path, target, against }: CompareAsked): readonly [string, string] =>
  against.kind === "script"
    ? [target, against.target]
    : [posix.basename(path), against.kind === "ran" ? "the recorded version" : "the unsaved text"];

/** A name that no other file has, with the script's own extension. */
function besideOf(path: string): string {
  const { dir, name, ext } = posix.parse(path);
  return posix.join(dir, `${name}-version-${randomUUID().slice(0, 8)}${ext}`);
}

const configText = ({ root, configFile }: ScratchFolder): Promise<string> =>
  unlessMissing(readFile(configFile ?? join(root, configFileName), "utf8"), "");
