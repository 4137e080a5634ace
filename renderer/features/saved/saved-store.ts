// The requests of the folder's `.http` files, and what came of them: in the last run, and in the one before.
import { create } from "zustand";
import type { OneRequest, SavedRequests, SavedResult } from "../../../server/contract/saved-contract.js";
import { isDirty } from "../../model/documents/document.js";
import { documentAt } from "../../model/documents/document-store.js";
import { bufferOf } from "../../model/documents/text-buffers.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { chosenEnvironment } from "../../model/request/environments.js";
import { problemOf, problemText } from "../../rpc/problem.js";
import { connected } from "../../rpc/store.js";

export interface Ran {
  readonly result: SavedResult;
  /** Null: this was the first run. */
  readonly before: SavedResult | null;
}

export interface Saved {
  /** The folder that all of this is about. */
  readonly root: string | null;
  /** Null: not read yet. */
  readonly list: SavedRequests | null;
  /** Of each request, by `keyOf`. */
  readonly ran: ReadonlyMap<string, Ran>;
  readonly isRunning: boolean;
  /** Why the list could not be read, or the last run could not begin or go on: a sentence. */
  readonly problem: string | null;
}

const nothing: Saved = { root: null, list: null, ran: new Map(), isRunning: false, problem: null };

export const useSaved = create<Saved>()(() => nothing);

/** `nth`: among those of the file with the same name. */
export const keyOf = (file: string, name: string, nth: number): string => JSON.stringify([file, name, nth]);

const rootNow = (): string | null => useWorkspace.getState().workspace?.root ?? null;

interface Run {
  readonly abort: AbortController;
  /** What came of its requests so far. */
  readonly ran: Map<string, Ran>;
}
let running: Run | null = null;

/**
 * Reads the list; results of another folder are dropped. Results are those that the server keeps: another window may
 * have run the requests since. The server stores a run's results when the run ends.
 */
export async function listSaved(): Promise<void> {
  const root = rootNow();
  const begun = running;
  if (useSaved.getState().root !== root) useSaved.setState({ ...nothing, root, isRunning: running !== null });
  try {
    const list = await connected().saved.list();
    if (useSaved.getState().root !== root) return;
    const ran = new Map([...keptIn(list), ...(begun?.ran ?? []), ...(running?.ran ?? [])]);
    useSaved.setState({ list, problem: null, ran });
  } catch (error) {
    if (useSaved.getState().root === root) useSaved.setState({ problem: problemText(problemOf(error)) });
  }
}

const keptIn = ({ ran }: SavedRequests): readonly (readonly [string, Ran])[] =>
  ran.map(({ nth, result, before }) => [keyOf(result.file, result.name, nth), { result, before }]);

/**
 * `file` null: all; `only` null: all of the file. Resolves with what came of them; null: they could not be run. When
 * another folder is opened it ends, and leaves nothing in that one.
 */
export async function runSaved(
  file: string | null,
  only: OneRequest | null = null,
): Promise<readonly SavedResult[] | null> {
  if (running !== null) return null;
  const root = rootNow();
  const mine: Run = { abort: new AbortController(), ran: new Map() };
  const { signal } = mine.abort;
  running = mine;
  const end = (): void => {
    if (running !== mine) return;
    running = null;
    useSaved.setState({ isRunning: false });
  };
  const unfollow = useWorkspace.subscribe(() => {
    if (rootNow() === root) return;
    mine.abort.abort();
    end();
  });
  useSaved.setState({ isRunning: true, problem: null });
  const results: SavedResult[] = [];
  try {
    await listSaved(); // else a result may have no row
    if (signal.aborted) return null;
    const environment = chosenEnvironment();
    const events = await connected().saved.run(
      { file, only, text: file === null ? null : editedText(file), environment },
      { signal },
    );
    for await (const { nth, result } of events) {
      if (running !== mine) return null;
      results.push(result);
      const { ran } = useSaved.getState();
      const key = keyOf(result.file, result.name, nth);
      mine.ran.set(key, { result, before: ran.get(key)?.result ?? null });
      useSaved.setState({ ran: new Map([...ran, ...mine.ran]) });
    }
    return results;
  } catch (error) {
    if (!signal.aborted) useSaved.setState({ problem: problemText(problemOf(error)) });
    return null;
  } finally {
    unfollow();
    end();
  }
}

export const stopSaved = (): void => running?.abort.abort();

/** As the editor has it, if that is not what is on disk. */
function editedText(path: string): string | null {
  const document = documentAt(path);
  return document && isDirty(document) ? (bufferOf(path)?.model.getValue() ?? null) : null;
}
