// State, counts, and the listener.
import type { Workbench } from "../app/workbench.js";
import { never, os } from "./implementer.js";

type Parts = Pick<Workbench, "states" | "counts" | "generation" | "folder" | "stores">;

export const serverDomain = ({ states, counts, generation, folder, stores }: Parts) => {
  /** Revisions of another server process have no meaning here. */
  const sinceOf = (input: { readonly since: number; readonly generation: string | null }): number =>
    input.generation === generation ? input.since : -1;
  return {
    state: {
      next: os.state.next.handler(({ input, signal }) => {
        if (input.generation === null) stores.reader.prepare(); // a window has come, which will ask for its list
        return states.next(sinceOf(input), signal ?? never);
      }),
      counts: os.state.counts.handler(({ input, signal }) => counts.next(sinceOf(input), signal ?? never)),
    },
    server: {
      start: os.server.start.handler(async ({ input }) => {
        await folder.start(input.port);
        return null;
      }),
      stop: os.server.stop.handler(async () => {
        await folder.stop();
        return null;
      }),
      askVersions: os.server.askVersions.handler(() => {
        folder.current?.askVersions();
        return null;
      }),
    },
  };
};
