// A sentence of Apache's log about its own settings, explained in the index: nothing of the kind is set here, so no trace shows it.
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const serverSettings: RuleLater = {
  id: "server-settings",
  text,
  when: "later",
  on: "failures",
  withoutScript: true,
  look: () => null,
};
