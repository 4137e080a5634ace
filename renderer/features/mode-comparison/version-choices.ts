// What a script can be measured beside: other versions of it, and other scripts.
import type { CompareAsked } from "../../../server/contract/measure-contract.js";
import { timeOf } from "../../format/clock.js";
import { baseOf } from "../../format/file-path.js";
import { documentAt } from "../../model/documents/document-store.js";
import { bufferOf, isBufferDirty } from "../../model/documents/text-buffers.js";
import { useFiles } from "../../model/folder/file-store.js";
import { useTraceStore } from "../../model/traces/trace-store.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

/** Something to measure a script beside. */
export interface Choice {
  readonly key: string;
  /** "#12 ran it", "the unsaved text". */
  readonly title: string;
  readonly against: CompareAsked["against"];
}

/** So many of the newest traces of a script are asked for the version that they ran. */
const mostTraces = 12;
/** So many of the versions that are stored are offered, those that ran last. */
const mostStored = 12;

interface Choices {
  readonly choices: readonly Choice[];
  /** Why not all of them could be found, a sentence. */
  readonly failure: string | null;
}

/** What the script can be compared with. */
export async function findChoices(path: string): Promise<Choices> {
  const seen = new Set<string>();
  let failure: string | null = null;
  const orFailed = (error: unknown): readonly Choice[] => {
    failure = problemText(problemOf(error));
    return [];
  };
  const choices = [
    ...unsaved(path),
    ...(await ran(path, seen).catch(orFailed)),
    ...(await stored(path, seen).catch(orFailed)),
    ...otherScripts(path),
  ];
  return { choices, failure };
}

function unsaved(path: string): readonly Choice[] {
  const document = documentAt(path);
  const buffer = bufferOf(path);
  if (document?.kind !== "text" || !buffer || !isBufferDirty(buffer)) return [];
  const { bom, encoding } = document;
  const against = { kind: "unsaved" as const, text: buffer.model.getValue(), bom, encoding };
  return [{ key: "unsaved", title: "the text in the editor, not saved", against }];
}

/** The newest trace of each version. `seen`: the hashes of what there is, and of the file itself. */
async function ran(path: string, seen: Set<string>): Promise<readonly Choice[]> {
  const client = connected();
  const document = documentAt(path);
  const file = document?.kind === "text" ? document : await client.files.read({ path });
  if (file.kind === "text" && file.hash !== null) seen.add(file.hash);
  const rows = useTraceStore.getState().rows.filter((row) => row?.kind === "script" && row.file === path);
  const choices: Choice[] = [];
  for (const row of rows.slice(-mostTraces).reverse()) {
    if (!row) continue;
    const hash = (await client.traces.get({ id: row.id })).route.scriptHash;
    if (hash === null || seen.has(hash)) continue;
    seen.add(hash);
    choices.push({ key: hash, title: `the version that request #${row.seq} ran`, against: { kind: "ran", hash } });
  }
  return choices;
}

/** Versions that the store keeps, of earlier sessions too. */
async function stored(path: string, seen: ReadonlySet<string>): Promise<readonly Choice[]> {
  const { versions } = await connected().traces.figures({ file: path, from: null });
  const choices = versions.flatMap(({ hash, lastAt }): Choice[] => {
    if (hash === null || seen.has(hash)) return [];
    const title = `version ${hash.slice(0, 12)}, last run ${timeOf(lastAt, Date.now())}`;
    return [{ key: hash, title, against: { kind: "ran", hash } }];
  });
  return choices.slice(0, mostStored);
}

const otherScripts = (path: string): readonly Choice[] =>
  useFiles
    .getState()
    .entries.flatMap(({ path: other, mode, target }) =>
      mode === null || target === null || other === path
        ? []
        : { key: other, title: baseOf(other), against: { kind: "script" as const, target } },
    );
