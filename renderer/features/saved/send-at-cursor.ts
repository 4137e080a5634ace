// Sends the request at the cursor of a `.http` file and shows its trace.
import { wordsOf } from "../../../server/contract/message.js";
import { useCursor } from "../../model/documents/cursor-store.js";
import { showBottomTab } from "../../platform/bottom-tab-store.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { runSaved, useSaved } from "./saved-store.js";

export async function sendAtCursor(): Promise<void> {
  const { openFile } = useSelection.getState();
  if (openFile === null) return;
  if (useSaved.getState().isRunning)
    return notify("info", "Saved requests are running. Wait until they have ended, or stop them in the Requests tab.");
  const line = useCursor.getState().cursor?.line ?? 1;
  const results = await runSaved(openFile, { line });
  const { problem } = useSaved.getState();
  if (results === null && problem !== null) notify("bad", problem);
  for (const { name, trace, failures } of results ?? []) {
    if (trace !== null) useSelection.getState().showSent(trace);
    const [first] = failures;
    if (first)
      notify("bad", `${name} failed. ${wordsOf(first.why.text)}`, {
        title: "Show requests",
        run: () => showBottomTab("saved"),
      });
  }
}
