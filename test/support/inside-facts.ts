// What the fixture script `odd/cgi-bin/inside.py` says about the process it runs in.
import { z } from "zod";

const schema = z.object({
  /** Open descriptors. */
  descriptors: z.array(z.number()),
  /** Whether it leads a session of its own. */
  leader: z.boolean(),
  /** Signals it was started with ignored, by name. */
  ignored: z.array(z.string()),
  blocked: z.array(z.string()),
  /** Names and values, one character for one byte. */
  environment: z.record(z.string(), z.string()),
  cwd: z.string(),
});
export type InsideFacts = z.infer<typeof schema>;

export const insideFacts = (json: string): InsideFacts => schema.parse(JSON.parse(json));
