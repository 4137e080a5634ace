// A folder above the file may not be entered.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const folderNotSearchable: RuleAtOnce = {
  id: "folder-not-searchable",
  text,
  when: "at-once",
  about: "no-script",
  look: ({ route, response, detail }) =>
    route.kind === "none" && response?.status === 403 && detail?.includes("may not enter") === true
      ? { detail: `${detail}. Give the server's user the execute bit of that folder: chmod o+x FOLDER.`, evidence: [{ kind: "errno", errno: "EACCES" }] }
      : null,
};
