// Opening folders.
export { FolderMenu } from "./folder-menu.js";
