// PHP's own words on a form that it dropped: the bytes of the body, and the limit.
import type { TraceFacts } from "../base/facts.js";
import { stderrMatch } from "./stderr.js";

export const postLimit = (facts: TraceFacts): ReturnType<typeof stderrMatch> =>
  stderrMatch(facts, /POST Content-Length of (\d+) bytes exceeds the limit of (\d+) bytes/);
