// Tests open folders all the time: every folder of this machine is trusted by the user that they are. Tests about trust
// set XDG_DATA_HOME to a folder of their own.
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { results } from "./paths.mjs";

/** For this process and those that it starts. */
export function trustAllFolders() {
  const data = join(results, "data");
  trustAllFoldersIn(data);
  process.env["XDG_DATA_HOME"] = data;
}

/** `data`: a folder for XDG_DATA_HOME. */
export function trustAllFoldersIn(data) {
  const folder = join(data, "cgi-workbench");
  const draft = join(folder, `${process.pid}.json`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(draft, JSON.stringify({ schema: 1, folders: {}, below: ["/"] }), { mode: 0o600 });
  renameSync(draft, join(folder, "trusted-folders.json"));
}
