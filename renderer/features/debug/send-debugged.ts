// "Send and debug": what is on the screen is saved first, because the script that runs is the one on the disk.

import { useBreakpoints } from "../../model/debug/breakpoints.js";
import { hasEdits } from "../../model/documents/document-store.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { useComposer } from "../../model/request/composer-store.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";
import { sendDebuggedBy } from "../composer/index.js";
import { beginDebugging, leaveUnsent } from "./debug-session.js";

export async function sendDebugged(): Promise<void> {
  const { subject } = useComposer.getState();
  const { openFile } = useSelection.getState();
  const paths = new Set([subject ?? "", openFile ?? "", ...useBreakpoints.getState().byPath.keys()]);
  for (const path of paths) {
    if (!hasEdits(path) || (await saveDocument(path, { sendsItself: true }))) continue;
    return notify("bad", `${path} could not be saved, so nothing was sent.`);
  }
  const session = await beginDebugging("own");
  await sendDebuggedBy(session);
  leaveUnsent(session);
}
