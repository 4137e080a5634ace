// The absolute path of a file of the folder, on the clipboard.
import { notify } from "../../platform/notices.js";
import { useFiles } from "./file-store.js";

export async function copyPath(path: string): Promise<void> {
  const { root } = useFiles.getState();
  await navigator.clipboard.writeText(root === null ? path : `${root}/${path}`);
  notify("info", "Copied the path.");
}
