// A program, but for another system or another processor.

import type { RuleLater } from "../../rule.js";
import { fileAt, refusedStart } from "../../start-failure.js";
import { text } from "./text.js";

export const wrongArchitecture: RuleLater = {
  id: "wrong-architecture",
  text,
  when: "later",
  on: "failures",
  look: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOEXEC" || refused.file.program === null) return null;
    const { format, machine } = refused.file.program;
    const what = { elf: `a Linux program for processor type ${machine}`, "mach-o": "a macOS program", pe: "a Windows program" }[format];
    return {
      detail: `It is ${what}, which this system does not start. Compile it for this machine.`,
      evidence: [refused.evidence, fileAt(refused.file, null)],
    };
  },
};
