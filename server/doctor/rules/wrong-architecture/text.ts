// What the rule wrong-architecture says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "start",
  severity: "error",
  title: "The program was made for another system",
  summary: "The file is a compiled program in a format that this system cannot start.",
  explanation:
    "The file is a program made by a compiler, but for another operating system or another processor: built on a Mac and copied to Linux, or for ARM and run on Intel. Compile it on the machine that runs it, or for that machine.",
  reference: "RFC 3875 §3.4",
  logged: [
    { server: "Apache", message: "AH01215: stderr from S: (8)Exec format error: exec of 'S' failed", answers: "500 Internal Server Error" },
    { server: "lighttpd", message: "S: Exec format error", answers: "500 Internal Server Error" },
    { server: "fcgiwrap", message: "Cannot execute script (S)", answers: "502 Bad Gateway" },
  ],
  fixes: [],
};
