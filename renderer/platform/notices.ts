// What went wrong, or is worth knowing, and has no place of its own on the screen: a few
// cards above the status bar, each dismissible.
import { create } from "zustand";
import { problemOf, problemText } from "../rpc/problem.js";

interface Notice {
  readonly id: number;
  readonly tone: "bad" | "info";
  readonly text: string;
  /** What can be done about it: a button. */
  readonly action: NoticeAction | null;
  /** It goes by itself after a while. */
  readonly isBrief: boolean;
}

interface NoticeAction {
  readonly title: string;
  readonly run: () => void;
}

const maxNotices = 3;
/** How long an information notice stays, in ms; failures stay until they are dismissed. */
const goodNewsMs = 5000;
/** And with something to do about it: long enough to read, think and reach the button. */
const offerMs = 20_000;
let lastId = 0;

export const useNotices = create<{ readonly notices: readonly Notice[] }>()(() => ({ notices: [] }));

export function notify(tone: Notice["tone"], text: string, action: NoticeAction | null = null): void {
  const isBrief = tone === "info";
  const id = show({ tone, text, action, isBrief });
  if (isBrief) setTimeout(() => dismissNotice(id), action === null ? goodNewsMs : offerMs);
}

/** Information that holds until it is dismissed: by the user, or by a call of what this returns. */
export function notifyLasting(text: string, action: NoticeAction | null = null): () => void {
  const id = show({ tone: "info", text, action, isBrief: false });
  return () => dismissNotice(id);
}

function show(shown: Omit<Notice, "id">): number {
  lastId += 1;
  const notice: Notice = { ...shown, id: lastId };
  // The same words again replace the older line instead of piling up.
  useNotices.setState(({ notices }) => ({
    notices: withRoom([...notices.filter(({ text }) => text !== notice.text), notice]),
  }));
  return notice.id;
}

/**
 * When there are too many: without the oldest brief notice, else without the oldest failure. The newest always stays.
 */
function withRoom(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= maxNotices) return notices;
  const older = notices.slice(0, -1);
  const gone = older.find(({ isBrief }) => isBrief) ?? older.find(({ tone }) => tone === "bad") ?? older[0];
  return notices.filter((notice) => notice !== gone);
}

export function dismissNotice(id: number): void {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
}

/** For an action that failed: `what` names it ("The folder could not be opened"). */
export function notifyFailure(what: string, error: unknown): void {
  notify("bad", `${what}: ${problemText(problemOf(error))}`);
}

/** Puts `text` on the clipboard. `what`: as a notice names it, "the versions". */
export const copyText = (what: string, text: string): Promise<void> =>
  orNotify(`Could not copy ${what}`, async () => {
    await navigator.clipboard.writeText(text);
    notify("info", `Copied ${what}.`);
  });

/** Does `work`; its failure becomes a notice. */
export async function orNotify(what: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    notifyFailure(what, error);
  }
}
