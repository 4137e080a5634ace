// What is on the screen is saved before its script is debugged: the script that runs is the one on the disk.
import { useBreakpoints } from "../../model/debug/breakpoints.js";
import { hasEdits } from "../../model/documents/document-store.js";
import { saveDocument } from "../../model/documents/save-document.js";
import { notify } from "../../platform/notices.js";
import { useSelection } from "../../platform/selection.js";

/** `subject`: the script of the request. False: something could not be saved, and the window shows why. */
export async function saveDebugged(subject: string | null): Promise<boolean> {
  const { openFile } = useSelection.getState();
  const paths = new Set([subject ?? "", openFile ?? "", ...useBreakpoints.getState().byPath.keys()]);
  for (const path of paths) {
    if (!hasEdits(path) || (await saveDocument(path, { sendsItself: true }))) continue;
    notify("bad", `${path} could not be saved, so nothing was sent.`);
    return false;
  }
  return true;
}
