// The trace that a script's last send became, whatever is selected since, and the script's last request, whoever sent
// it.
import { create } from "zustand";
import { numberOf } from "../../../server/protocol/trace-id.js";
import { movedPath } from "../../format/file-path.js";
import { fileMoves } from "../../model/folder/file-store.js";
import { useWorkspace } from "../../model/folder/workspace-store.js";
import { useComposer } from "../../model/request/composer-store.js";
import { useLastStatus } from "../../model/traces/last-status.js";
import { hasRow, useRequests } from "../../model/traces/requests.js";

interface Sent {
  readonly id: string;
  /** It is, or was, among the requests that are known. */
  readonly isKnown: boolean;
}

/** The last send of each script, by folder and script. */
const useStore = create<{ readonly byScript: ReadonlyMap<string, Sent> }>()(() => ({ byScript: new Map() }));
/** Scripts whose last send is known; those that were sent longest ago are forgotten. */
const maxScripts = 100;

const keyOf = (root: string | undefined, script: string | null): string => `${root ?? ""}\n${script ?? ""}`;

/** `script`: the composer's subject when the request was sent. */
export function rememberSent(id: string, script: string | null): void {
  const key = keyOf(useWorkspace.getState().workspace?.root, script);
  const others = [...useStore.getState().byScript].filter(([other]) => other !== key);
  useStore.setState({ byScript: new Map([...others.slice(1 - maxScripts), [key, { id, isKnown: false }]]) });
}

/** Follows scripts that are renamed, and traces that are deleted. Once, at the start of the page. */
export function followSent(): void {
  fileMoves.on(({ from, to }) => {
    const folder = keyOf(useWorkspace.getState().workspace?.root, "");
    const moved = (key: string): string => {
      const next = key.startsWith(folder) && key !== folder ? movedPath(key.slice(folder.length), from, to) : null;
      return next === null ? key : folder + next;
    };
    useStore.setState(({ byScript }) => ({
      byScript: new Map(Array.from(byScript, ([key, sent]) => [moved(key), sent])),
    }));
  });
  useRequests.subscribe(({ rows }) => {
    const { byScript } = useStore.getState();
    const now = Array.from(byScript, ([key, sent]): [string, Sent, boolean] => [key, sent, hasRow(rows, sent.id)]);
    if (now.every(([, sent, isThere]) => isThere === sent.isKnown)) return;
    const left = now.filter(([, { isKnown }, isThere]) => isThere || !isKnown);
    useStore.setState({ byScript: new Map(left.map(([key, { id }, isKnown]) => [key, { id, isKnown }])) });
  });
}

/** The trace of the last request to the composer’s script; null before its first request. */
export function lastResult(): string | null {
  const { subject } = useComposer.getState();
  const sent = useStore.getState().byScript.get(keyOf(useWorkspace.getState().workspace?.root, subject));
  return newerOf(sent?.id ?? null, useLastStatus.getState().byFile.get(subject ?? "")?.id ?? null);
}

export function useLastResult(): string | null {
  const script = useComposer(({ subject }) => subject);
  const last = useLastStatus(({ byFile }) => byFile.get(script ?? "")?.id ?? null);
  return newerOf(useLastSent(), last);
}

const newerOf = (a: string | null, b: string | null): string | null =>
  a === null || (b !== null && numberOf(b) > numberOf(a)) ? b : a;

/** The trace of the last request to the composer’s script that this window sent; null: none. */
export function useLastSent(): string | null {
  const root = useWorkspace(({ workspace }) => workspace?.root);
  const script = useComposer(({ subject }) => subject);
  return useStore(({ byScript }) => byScript.get(keyOf(root, script))?.id ?? null);
}
