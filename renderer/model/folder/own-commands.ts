// The open folder's own commands: which there are, what each would be about now, running one, and its answer.

import { create } from "zustand";
import { wordsOf } from "../../../server/contract/message.js";
import type {
  CommandAnswer,
  CommandMenu,
  CommandSubject,
  OwnCommand,
} from "../../../server/contract/own-commands-contract.js";
import { fromBase64 } from "../../format/bytes-text.js";
import { openDialog } from "../../platform/dialogs.js";
import { notifyLasting, orNotify } from "../../platform/notices.js";
import { orNothing, withProgress } from "../../platform/progress.js";
import { saveFile } from "../../platform/save-file.js";
import { useSelection } from "../../platform/selection.js";
import { connected, useServer } from "../../rpc/store.js";
import { useWorkspace } from "./workspace-store.js";

/** What a dialog shows. */
interface Shown {
  readonly root: string;
  readonly title: string;
  readonly answer: Exclude<CommandAnswer, { kind: "file" }>;
}

export const useOwnCommands = create<{ readonly commands: readonly OwnCommand[]; readonly shown: Shown | null }>()(
  () => ({ commands: [], shown: null }),
);

/** A longer text is shown in a dialog. */
const maxNotice = 300;
const none: CommandSubject = { kind: "nothing" };

/** Reads the list of commands again: no watcher reports changes in their hidden folder. Tells the user of a failure. */
export async function lookAtOwnCommands(): Promise<void> {
  const { client } = useServer.getState();
  if (client === null || useWorkspace.getState().workspace === null) return useOwnCommands.setState({ commands: [] });
  await orNotify("The folder’s own commands could not be listed", async () => {
    useOwnCommands.setState({ commands: await client.ownCommands.list() });
  });
}

/** What the command is about when the palette runs it: the first of its menus that there is something for. */
export function subjectNow({ menus }: OwnCommand): CommandSubject | null {
  const { traceId, openFile } = useSelection.getState();
  const subjects: Readonly<Record<CommandMenu, CommandSubject | null>> = {
    trace: traceId === null ? null : { kind: "trace", id: traceId },
    file: openFile === null ? null : { kind: "file", path: openFile },
    body: traceId === null ? null : { kind: "body", id: traceId, stream: "response-body" },
  };
  const first = menus.map((menu) => subjects[menu]).find((subject) => subject !== null);
  return first ?? (menus.length === 0 ? (subjects.trace ?? none) : null);
}

/** Why the palette cannot run it now, a sentence; null when it can. */
export const whyNotNow = (command: OwnCommand): string | null =>
  wordsOf(command.problem) ?? (subjectNow(command) === null ? "Select a trace or open a file first." : null);

/** Shows the answer. Reports its own failure. */
export async function runOwnCommand({ file, title }: OwnCommand, subject: CommandSubject): Promise<void> {
  const root = useWorkspace.getState().workspace?.root ?? "";
  await orNotify(title, async () => {
    const answer = await withProgress(title, (signal) =>
      orNothing(signal, connected().ownCommands.run({ root, file, subject }, { signal })),
    );
    if (answer === null) return;
    if (answer.kind === "file") return saveFile(answer.name, [fromBase64(answer.base64)]);
    const isShort = answer.kind === "text" && answer.text.length <= maxNotice && !answer.text.trim().includes("\n");
    if (isShort) return void notifyLasting(`${title}: ${answer.text.trim()}`);
    useOwnCommands.setState({ shown: { root, title, answer } });
    openDialog("command-answer");
  });
}
