// What a window in a browser remembers.
import type { Workbench } from "../app/workbench.js";
import { os } from "./implementer.js";

export const windowDomain = (workbench: Pick<Workbench, "windowMemory" | "windowLink">) => ({
  link: os.window.link.handler(() => ({ url: workbench.windowLink?.() ?? null })),
  recall: os.window.recall.handler(async ({ input }) => {
    const { revision, entries } = await workbench.windowMemory.recall();
    return { revision, entries: revision === input.known ? null : entries };
  }),
  remember: os.window.remember.handler(async ({ input }) => {
    const { before, after } = await workbench.windowMemory.remember(input.changes);
    return { revision: before === input.known ? after : null };
  }),
});
