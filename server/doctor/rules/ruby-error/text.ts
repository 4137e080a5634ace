// What the rule ruby-error says.
import type { RuleText } from "../../rule.js";

export const text: RuleText = {
  stage: "run",
  severity: "error",
  title: "A Ruby error ended the script",
  summary: "An exception was raised and not rescued, or Ruby could not read the script.",
  explanation:
    "Ruby met an error and nothing in the script rescued it. The message on standard error begins with the file and the line, then says what went wrong and lists the calls that led there.",
  reference: null,
  logged: [
    {
      server: "Apache",
      message: "AH01215: S:3:in `<main>': undefined local variable or method `x' for main:Object (NameError)",
      answers: "500 Internal Server Error",
    },
    {
      server: "nginx",
      message: "FastCGI sent in stderr: \"S:3:in `<main>': undefined local variable or method `x' for main:Object (NameError)\"",
      answers: "502 Bad Gateway",
    },
    {
      server: "Apache",
      message: "End of script output before headers: S",
      answers: "500 Internal Server Error",
    },
  ],
  fixes: [],
};
