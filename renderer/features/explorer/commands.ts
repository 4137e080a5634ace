// What the file tree can be told.
import { type Command, command, needsFolder } from "../../app/command.js";
import { askNewFile } from "./new-file-store.js";

export const explorerCommands: readonly Command[] = [command("file.new", "New file…", [], needsFolder, askNewFile)];
