// A command that this machine does not have was answered from the folder's transcripts, or has no answer there.
import { fromBytesText, toDisplayText } from "../../../../base/decode-text.js";
import { answersFolder, type UsedAnswer } from "../../../../contract/recorded-answers.js";
import type { DeferredRule, Occurrence } from "../../../base/rule.js";
import { severityOf } from "../../../evidence/language-error.js";

export const rule: DeferredRule = {
  severity: "hint",
  title: "Recorded answers were used",
  summary: "This machine does not have a command that the script calls. The folder has recorded answers in its place.",
  explanation: `The folder \`${answersFolder}\` has a text file for each command that only the target has. It begins with a line such as \`$ uci get network.lan.ipaddr\`; then comes what the command prints, and \`[exit 1]\` if it ends with another code than 0. The first line that fits counts; \`*\` matches anything. A command that is installed here always goes before. Without an answer the exit code is 127, as for a command that does not exist.`,
  on: "anything",
  check: (facts) => {
    const used = facts.process?.answers ?? [];
    const without = used.find(({ found }) => !found);
    const lines = [...new Set(used.map(shown))];
    const evidence = [...new Set(lines.map((line) => line.split(" ", 1)[0]))].map(
      (name) => ({ kind: "file", path: `${answersFolder}/${name}`, line: null }) as const,
    );
    if (used.length === 0) return null;
    const found: Occurrence = { detail: `${lines.map((line) => `\`${line}\``).join(", ")}.`, evidence };
    if (!without) return found;
    return {
      title: `No answer to ${shown(without)} is recorded`,
      severity: severityOf(facts),
      detail: `This machine has no \`${shown(without).split(" ", 1)[0]}\`, and no recorded answer fits these arguments.`,
      evidence: [...evidence, { kind: "quote", of: "command", text: shown(without) }],
    };
  },
};

const shown = ({ command }: UsedAnswer): string => toDisplayText(fromBytesText(command));
