// What the user writes to a trace: a name, a note and tags. And searches that the user keeps.
import { z } from "zod";
import { maxNameLength, maxNoteLength, maxQueryLength, maxTagLength, maxTags } from "./limits.js";

/** On one line, without spaces at its ends. */
const line = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => text.trim() === text && !/[\n\r\0]/.test(text), "must be one line without spaces at its ends");

/** Without a comma, which separates tags. */
const tag = line(maxTagLength).refine((text) => !text.includes(","), "must not have a comma");

export const writtenMarks = z.object({
  name: line(maxNameLength).nullable(),
  note: z.string().min(1).max(maxNoteLength).nullable(),
  tags: z.array(tag).max(maxTags),
});
export type WrittenMarks = z.infer<typeof writtenMarks>;

export const traceMarks = writtenMarks.extend({
  /** The trace was deleted, which can be undone for a while. */
  isDeleted: z.boolean(),
});
export type TraceMarks = z.infer<typeof traceMarks>;

/** A search that the user kept under a name. */
export const savedSearch = z.object({ name: line(maxNameLength), query: z.string().min(1).max(maxQueryLength) });
export type SavedSearch = z.infer<typeof savedSearch>;
