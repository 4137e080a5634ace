// A folder was asked for.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const folderWithoutIndex: RuleAtOnce = {
  id: "folder-without-index",
  text,
  when: "at-once",
  about: "no-script",
  look: ({ route, response, detail }) => {
    if (route.kind !== "none" || !detail || !(response?.status === 404 || response?.status === 301)) return null;
    return /has no index file|is a folder: its address/.test(detail) ? { detail: `${detail}.` } : null;
  },
};
