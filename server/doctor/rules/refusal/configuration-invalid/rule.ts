// The configuration has had a mistake since the folder was opened and may protect files, so nothing is served.
import type { routeMessage } from "../../../../routing/messages.js";
import type { InlineRule } from "../../../engine/rule.js";
import { type Advice, refusalOf } from "../../../evidence/refused-request.js";

const advice: Advice<(typeof routeMessage.codes)[number]> = {
  "configuration-invalid": "Fix the mistake and save, or remove the file to serve the folder without it.",
};

export const rule: InlineRule = {
  severity: "error",
  title: "The configuration is not valid",
  summary: "The configuration has had a mistake since the folder was opened, and what it protects is unknown.",
  explanation:
    "The configuration may require a sign-in (`auth`), deny requests (`deny`), keep scripts from running (`run`), lead a path away from the files below it (`dir`) or give files to a program (`handlers`). Until it is read without a mistake, the workbench does not know for which paths, so every request gets 503. After a mistake that is saved later, the last valid configuration stays active.",
  reference: null,
  logged: [],
  when: "inline",
  about: "refused",
  check: (facts) => refusalOf(facts, advice),
};
