// Nothing is at that path.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const fileNotFound: RuleAtOnce = {
  id: "file-not-found",
  text,
  when: "at-once",
  about: "no-script",
  look: ({ route, response, detail, request }) => {
    if (route.kind !== "none" || response?.status !== 404 || !detail?.includes("does not exist")) return null;
    if (/^\/(?:favicon\.ico|robots\.txt|apple-touch-icon|\.well-known\/)/.test(request.target)) return null; // browsers ask for these by themselves
    return { detail: `${detail}.` };
  },
};
