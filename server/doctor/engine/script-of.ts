// The file of the script that a trace is about, for the rules that read it.
import { toDisplayText } from "../../base/decode-text.js";
import type { FactsWithFile, TraceFacts } from "../base/facts.js";
import { readScriptFile, type ScriptFile } from "../base/script-file.js";
import type { Site } from "../base/site.js";
import { hasClientData } from "../evidence/client-data.js";
import { mayBeCut } from "../evidence/node-exit.js";
import { startedFile } from "../evidence/process.js";
import { unreadForm } from "../evidence/unread-form.js";
import { isFailure } from "./examine.js";

/** Adds the script's file, if the request failed, has data of the client, or has a form that the script left unread. */
export const withScriptFile = (facts: TraceFacts, site: Site | null = null): FactsWithFile => ({
  ...facts,
  site,
  file:
    facts.route.kind === "script" &&
    (isFailure(facts) ||
      (facts.stderr?.bytes ?? 0) > 0 ||
      hasClientData(facts) ||
      mayBeCut(facts) ||
      unreadForm(facts) !== null)
      ? scriptFile(facts)
      : null,
});

/**
 * The script's file. An earlier version is read from the copy that was started, and has the script's own path; null
 * once the copy is removed.
 */
function scriptFile(facts: TraceFacts): ScriptFile | null {
  const { file } = facts.route;
  const started = startedFile(facts);
  if (file === null || started === null) return null;
  const read = readScriptFile(started, facts.env?.find(({ name }) => name === "PATH")?.value ?? "");
  if (started === file) return read;
  return read.exists ? { ...read, path: toDisplayText(file) } : null;
}
