// The absolute path of a file of the folder, on the clipboard.
import { copyText } from "../../platform/notices.js";
import { useFiles } from "./file-store.js";

export function copyPath(path: string): Promise<void> {
  const { root } = useFiles.getState();
  return copyText("the path", root === null ? path : `${root}/${path}`);
}
