// What the measurements of a cold start say: its parts, the script's imports, and what to do about each.
import type { StartupImport, StartupReport } from "../../contract/command-output.js";
import type { ExaminedLanguage } from "../../contract/measurable.js";
import type { Message } from "../../contract/message.js";
import {
  importersFirst,
  importsAtTop,
  isUsed,
  lineOfImport,
  ofScript,
  ofScriptItself,
  parseImportTimes,
} from "./import-times.js";
import { startupAdvice, startupRemark } from "./messages.js";
import { isPreloaded } from "./startup-share.js";

interface Measured extends Pick<StartupReport, "target" | "totalMs" | "interpreterMs"> {
  readonly preloaded: string[];
  /** Prefork loads nothing by itself. */
  readonly isOff: boolean;
  readonly language: ExaminedLanguage;
  /** With what the interpreter reports. */
  readonly stderr: string;
  readonly source: string;
  /** The file of a module lies beside the script. */
  readonly isOwn: (name: string) => boolean;
}

/**
 * The parts are measured one by one: on a busy machine they may be more than the whole together, and are reduced alike.
 */
export function reportOf(measured: Measured): StartupReport {
  const { target, language, totalMs, interpreterMs, preloaded, isOff, stderr, source, isOwn } = measured;
  const atTop = language === "python" && !isOff ? importsAtTop(source, isOwn) : [];
  const { own, isCut } = ofScriptItself(stderr, source);
  const times = importersFirst(ofScript(parseImportTimes(own)));
  const sum = times.reduce((ms, { depth, totalMs: one }) => (depth === 0 ? ms + one : ms), 0);
  const share = Math.min(1, totalMs / (interpreterMs + sum));
  const imports = times.map(({ name, depth, ...time }): StartupImport => {
    const isLoaded = isPreloaded([...preloaded, ...atTop], name) || (language === "perl" && isUsed(source, name));
    const part = { name, depth, totalMs: time.totalMs * share, selfMs: time.selfMs * share };
    const whose = { isOwn: isOwn(name), isPreloaded: isLoaded };
    return {
      ...part,
      ...whose,
      line: depth > 0 ? null : lineOfImport(source, name, language),
      advice: adviceOf({ ...part, ...whose }, totalMs),
    };
  });
  const interpreter = interpreterMs * share;
  const imported = sum * share;
  return {
    target,
    language,
    totalMs,
    interpreterMs: interpreter,
    importsMs: imported,
    scriptMs: Math.max(0, totalMs - interpreter - imported),
    imports,
    remarks: isCut ? [startupRemark("another-interpreter")] : [],
    preloaded,
  };
}

/** Less than this is not worth a line in a configuration, ms. */
const leastMs = 0.5;
/** Of the whole cold start. */
const largeShare = 0.1;

/** `coldMs`: the cold start's. */
function adviceOf(
  { name, depth, totalMs, isOwn, ...one }: Omit<StartupImport, "line" | "advice">,
  coldMs: number,
): Message | null {
  if (depth > 0 || totalMs < leastMs) return null;
  const isLarge = totalMs >= largeShare * coldMs;
  const data = { name, percent: Math.round((100 * totalMs) / coldMs) };
  if (isOwn) return isLarge ? startupAdvice("own-module", data) : null;
  if (one.isPreloaded) return null;
  return startupAdvice(isLarge ? "preload-or-lazy" : "preload", data);
}
