// The workbench's own log.
import type { Workbench } from "../app/workbench.js";
import { never, os } from "./implementer.js";

export const logDomain = ({ log, generation }: Pick<Workbench, "log" | "generation">) => ({
  next: os.log.next.handler(async ({ input, signal }) => {
    const since = input.generation === generation ? input.since : 0;
    return { generation, ...(await log.next(since, signal ?? never)) };
  }),
});
