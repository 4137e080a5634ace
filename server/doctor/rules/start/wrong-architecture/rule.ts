// A program, but for another system or another processor.

import type { DeferredRule, RuleText } from "../../../engine/rule.js";
import { fileAt, refusedStart } from "../../../evidence/start-failure.js";

const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The program was made for another system",
  summary: "The file is a compiled program in a format that this system cannot start.",
  explanation:
    "The file is a program made by a compiler, but for another operating system or another processor: built on a Mac and copied to Linux, or for ARM and run on Intel. Compile it on the machine that runs it, or for that machine.",
  reference: "RFC 3875 §3.4",
  logged: [
    {
      server: "Apache",
      message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed",
      answers: "500 Internal Server Error",
    },
    { server: "lighttpd", message: "S: Exec format error", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: [],
};

export const rule: DeferredRule = {
  id: "wrong-architecture",
  text,
  when: "later",
  on: "failures",
  check: (subject) => {
    const refused = refusedStart(subject);
    if (refused?.errno !== "ENOEXEC" || refused.file.program === null) return null;
    const { format, machine } = refused.file.program;
    const what = {
      elf: `a Linux program for processor type ${machine}`,
      "mach-o": "a macOS program",
      pe: "a Windows program",
    }[format];
    return {
      detail: `It is ${what}, which this system does not start. Compile it for this machine.`,
      evidence: [refused.evidence, fileAt(refused.file, null)],
    };
  },
};
