// The doctor's part of the contract: every rule with its words, for the index; a finding itself is part of its trace.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { severity } from "./trace.js";

/** Where in a script's life a rule looks; the index is ordered by it. */
const ruleStages = ["file", "start", "request", "run", "head", "body", "end", "elsewhere"] as const;
const ruleStage = z.enum(ruleStages);

/** Everything a fix can be; which of them a finding offers stands in its `fixes`. */
export const fixId = z.enum([
  "make-executable",
  "use-line-feeds",
  "set-shebang",
  "remove-byte-order-mark",
  "add-content-type",
  "add-empty-line",
  "use-status-field",
  "remove-field",
  "remove-content-length",
  "declare-charset",
  "set-encoding-environment",
  "flush-output",
  "binary-output",
  "replace-field-storage",
  "content-length-in-bytes",
  "print-function",
  "run-as-cgi",
  "run-as-fastcgi",
]);

export type FixId = z.infer<typeof fixId>;

/** What another server says of the same script: its log's sentence (null: it is silent), and what the client gets. */
const logged = z.object({
  server: z.enum(["Apache", "lighttpd", "nginx", "fcgiwrap", "Go", "php", "sh"]),
  message: z.string().nullable(),
  answers: z.string().nullable(),
  /** From the server's documentation or source: not seen in a run. */
  unproved: z.literal(true).optional(),
});

export const ruleInfo = z.object({
  /** Public and stable. */
  id: z.string(),
  stage: ruleStage,
  severity,
  /** In plain words. */
  title: z.string(),
  /** One sentence on the cause. */
  summary: z.string(),
  /** For somebody who has never heard of it; paragraphs are separated by an empty line. */
  explanation: z.string(),
  /** "RFC 3875 §6.2"; null where no document says it. */
  reference: z.string().nullable(),
  logged: z.array(logged),
  fixes: z.array(fixId),
});
export type RuleInfo = z.infer<typeof ruleInfo>;

export const doctorContract = {
  /** All rules, in the order of a script's life. */
  rules: oc.output(z.array(ruleInfo)),
};
