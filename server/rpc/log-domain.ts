// The workbench's own log.
import type { Workbench } from "../app/workbench.js";
import { never, os } from "./implementer.js";

export const logDomain = (workbench: Workbench) => ({
  next: os.log.next.handler(async ({ input, signal }) => {
    const since = input.generation === workbench.generation ? input.since : 0;
    return { generation: workbench.generation, ...(await workbench.log.next(since, signal ?? never)) };
  }),
});
