// Trust in a folder: whether what its configuration asks for beyond running plain scripts is in force.
import { z } from "zod";

/** A setting that waits for trust, as the configuration writes it. */
const trustedSetting = z.object({
  /** "handlers .php interpreter". */
  setting: z.string(),
  value: z.string(),
});
export type TrustedSetting = z.infer<typeof trustedSetting>;

/** "new": the folder was never trusted. "changed": its settings are not those that were trusted. */
const trustStates = ["trusted", "new", "changed"] as const;

export const trustReport = z.object({
  state: z.enum(trustStates),
  /** What the configuration asks for. */
  wants: z.array(trustedSetting),
  /** Names these settings: whoever trusts them repeats it, and so trusts nothing that came since. */
  fingerprint: z.string(),
});
export type TrustReport = z.infer<typeof trustReport>;
