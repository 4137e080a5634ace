// The doctor's part of the contract: every rule with its texts, for the index. Findings are part of their traces.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { severity } from "./trace.js";

/**
 * The stages in the order of rules and findings. "refusal": the server refused the request. How the process ended comes
 * before its output, because it explains what the output lacks.
 */
export const ruleStages = ["refusal", "start", "request", "run", "end", "head", "body", "elsewhere"] as const;
export const ruleStage = z.enum(ruleStages);

/** All fixes; a finding's `fixes` names those for it. */
export const fixId = z.enum([
  "make-executable",
  "use-line-feeds",
  "set-shebang",
  "remove-byte-order-mark",
  "add-content-type",
  "add-empty-line",
  "write-line-ends",
  "use-status-field",
  "remove-field",
  "remove-content-length",
  "declare-charset",
  "convert-to-utf-8",
  "declare-latin-1",
  "set-encoding-environment",
  "flush-output",
  "binary-output",
  "replace-field-storage",
  "content-length-in-bytes",
  "print-function",
  "run-as-cgi",
  "run-as-fastcgi",
  "run-as-wsgi",
  "run-as-psgi",
  "run-as-rack",
  "run-as-handler",
  "require-from-folder",
  "correct-links",
  "read-form",
  "call-sendmail-by-name",
  "take-smtp-from-environment",
  "serve-like-apache",
  "take-htaccess-rules",
]);

export type FixId = z.infer<typeof fixId>;

/**
 * What another server does with the same script: its log message (null: it logs nothing), and what the client receives.
 */
const logged = z.object({
  server: z.enum(["Apache", "lighttpd", "nginx", "fcgiwrap", "Go", "php", "sh"]),
  message: z.string().nullable(),
  response: z.string().nullable(),
  /** From the server's documentation or source, not tested. */
  unproved: z.literal(true).optional(),
});

export const ruleInfo = z.object({
  /** Public and stable. */
  id: z.string(),
  stage: ruleStage,
  severity,
  title: z.string(),
  /** One or two sentences on the cause. Here and in the explanation code is in backticks. */
  summary: z.string(),
  /** For a reader who has never met this failure. A blank line separates paragraphs. */
  explanation: z.string(),
  /** "RFC 3875 §6.2"; null if no document covers it. */
  reference: z.string().nullable(),
  logged: z.array(logged),
  fixes: z.array(fixId),
});
export type RuleInfo = z.infer<typeof ruleInfo>;

export const doctorContract = {
  /** All rules, in their order. */
  rules: oc.output(z.array(ruleInfo)),
};
