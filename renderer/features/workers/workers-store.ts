// The processes kept for FastCGI applications.
import { liveState } from "../../rpc/live-state.js";

/** A busy application changes with each request; the view needs no more updates than this. */
const restMs = 200;

export const useWorkers = liveState(
  "The workers",
  (client, since, signal) => client.workers.next(since, { signal }),
  restMs,
);
