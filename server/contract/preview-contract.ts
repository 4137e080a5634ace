// A recorded response for a real browser engine: registered by a call, then fetched once from the script origin.

import { oc } from "@orpc/contract";
import { z } from "zod";
import { call } from "./call.js";

const traceId = z.string().max(64);

const openedPreview = z.object({
  /**
   * Valid for one navigation within some seconds: it redirects to the true target, which responds with the recording.
   */
  url: z.url({ protocol: /^http$/ }),
  /** The recorded responses that the redirects lead to, in order. */
  hops: z.array(z.object({ id: traceId, seq: z.number().int() })),
  /**
   * The target of the last redirect, if no request for it was recorded: showing the preview then sends one. Null: none.
   */
  asksFor: z.string().nullable(),
  /** The names of the cookies that the browser receives with it. */
  cookiesSet: z.array(z.string()),
  /** Cookies that are left out because a newer trace has set them since; `seq` is the number of that trace. */
  cookiesKept: z.array(z.object({ name: z.string(), seq: z.number().int() })),
});
export type OpenedPreview = z.infer<typeof openedPreview>;

/** One request of a page that moved on: a link, a form, or what a redirect led to. */
const previewStep = z.object({
  id: traceId,
  seq: z.number().int(),
  /** Token characters alone. */
  method: z.string(),
  /** Null: no response yet. */
  status: z.number().int().nullable(),
});
export type PreviewStep = z.infer<typeof previewStep>;

const previewInput = z.object({
  id: traceId,
  /** Without the headers that forbid framing or cause a download. */
  relaxed: z.boolean(),
  /** The page's files are answered from their recordings, where there are any, so that showing it sends nothing. */
  quiet: z.boolean().optional(),
  /** The trace whose form fields are filled in on the page; null: the page as it was. */
  filledBy: traceId.nullable().optional(),
});
export type PreviewInput = z.infer<typeof previewInput>;

/** The recorded page that a form was sent from, and how many of its controls the form's body fills in. */
const previewedForm = z.object({ id: traceId, seq: z.number().int(), fields: z.number().int() });
export type PreviewedForm = z.infer<typeof previewedForm>;

export const previewContract = {
  open: call.input(previewInput).output(openedPreview),
  /** Null: the request holds no form, or the page it came from was not recorded. */
  sentFrom: call.input(z.object({ id: traceId })).output(previewedForm.nullable()),
  /**
   * The requests that brought the shown page to where it is now, in order: the first navigation with a number above
   * `after`, and what its redirects led to. Empty: the page sent none. `seen` is the `after` of the next call.
   * `byUser`: only from a form or a click on, not from a frame inside the page.
   */
  moved: oc
    .input(z.object({ after: z.number().int().min(0), byUser: z.boolean() }))
    .output(z.object({ steps: z.array(previewStep), seen: z.number().int() })),
};
