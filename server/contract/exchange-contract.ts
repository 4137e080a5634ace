// The exchange's part of the contract: a trace as a file, and traces from a file.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { maxExchangedText } from "./limits.js";
import { savedForms } from "./saved-forms.js";
import { problem } from "./workspace.js";

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;
const traceId = z.string().max(64);

export const exchangeContract = {
  /** The names of the secrets that are in a trace. */
  secrets: oc
    .errors(failures)
    .input(z.object({ id: traceId }))
    .output(z.array(z.string())),
  /** The text of the file. */
  export: oc
    .errors(failures)
    .input(z.object({ id: traceId, form: z.enum(savedForms), isMasked: z.boolean() }))
    .output(z.string()),
  /** Takes in the traces of a file; `name` is for messages. Answers with their ids, in the order of the file. */
  import: oc
    .errors(failures)
    .input(z.object({ name: z.string().max(1024), text: z.string().max(maxExchangedText) }))
    .output(z.array(z.string())),
};
