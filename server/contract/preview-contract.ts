// A recorded response, to be shown by a real browser engine: registered here, fetched once from the script origin.
import { oc } from "@orpc/contract";
import { z } from "zod";
import { problem } from "./workspace.js";

const traceId = z.string().max(64);

export const openedPreview = z.object({
  /** Good for one navigation within some seconds: it leads to the true target, answered with what was recorded. */
  url: z.url({ protocol: /^http$/ }),
  /** Recorded responses that the redirects lead to, in order. */
  hops: z.array(z.object({ id: traceId, seq: z.number().int() })),
  /** What the last redirect leads to and was never asked for: a real request, made when the preview is shown. Null: nothing. */
  asksFor: z.string().nullable(),
  /** Cookies that the browser gets with it, by name. */
  cookiesSet: z.array(z.string()),
  /** Cookies it does not get because a newer trace has set them since; `seq` is that trace's. */
  cookiesKept: z.array(z.object({ name: z.string(), seq: z.number().int() })),
});
export type OpenedPreview = z.infer<typeof openedPreview>;

const failures = { NOT_FOUND: { data: problem }, NOT_POSSIBLE: { data: problem } } as const;

export const previewContract = {
  /** `relaxed`: without the headers that forbid framing or ask for saving. */
  open: oc
    .errors(failures)
    .input(z.object({ id: traceId, relaxed: z.boolean() }))
    .output(openedPreview),
};
