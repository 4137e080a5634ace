// Assistants that are connected over MCP.
import type { Workbench } from "../app/workbench.js";
import { never, os } from "./implementer.js";

export const assistantsDomain = ({ assistants, generation }: Pick<Workbench, "assistants" | "generation">) => ({
  next: os.assistants.next.handler(({ input, signal }) =>
    assistants.states.next(input.generation === generation ? input.since : -1, signal ?? never),
  ),
  refuse: os.assistants.refuse.handler(({ input }) => assistants.refuse(input.isRefused).then(() => null)),
});
