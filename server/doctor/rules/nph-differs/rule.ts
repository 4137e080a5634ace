// Servers differ over names that begin with nph-.
import type { RuleAtOnce } from "../../rule.js";
import { text } from "./text.js";

export const nphDiffers: RuleAtOnce = {
  id: "nph-differs",
  text,
  when: "at-once",
  look: ({ script }) =>
    script?.kind === "nph"
      ? { detail: "lighttpd and nginx with fcgiwrap read its first line as a header. With a Status field it would work everywhere.", line: 1 }
      : null,
};
