// A name that cannot be stored: the list shows it only if the trace is not to be stored either.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { ProblemError } from "../../../server/base/problem.js";
import { storeMessage } from "../../../server/store/messages.js";
import { coded } from "../../support/coded.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { traceOf } from "../../support/stored-traces.js";

const locked = new ProblemError(storeMessage("store-unreadable", { path: "a.db", systemText: "locked" }));
const marks = { name: "One", note: null, tags: [] };

test("a name is in the row once it is stored, and not if that fails", async () => {
  const workbench = await Workbench.create({ store: "always" });
  await using windows = await rpcWindows(workbench, "port");
  try {
    const { client } = await windows.open();
    const { id } = workbench.traces.add(traceOf({ seq: 1 }));
    const shown = async () => (await client.traces.next({ since: 0, generation: null, max: 10 })).rows;
    vi.spyOn(workbench.stores, "mark").mockRejectedValueOnce(locked).mockResolvedValueOnce(true);
    await expect(client.traces.mark({ id, marks })).rejects.toMatchObject({ data: coded("store-unreadable") });
    expect(await shown()).toMatchObject([{ id, marks: null }]);
    await client.traces.mark({ id, marks });
    expect(await shown()).toMatchObject([{ id, marks }]);
  } finally {
    await workbench.dispose();
  }
});

test("where nothing is to be stored, a trace in memory gets its name though a file cannot be read", async () => {
  const workbench = await Workbench.create({ store: "never" });
  await using windows = await rpcWindows(workbench, "port");
  try {
    const { client } = await windows.open();
    const { id } = workbench.traces.add(traceOf({ seq: 1 }));
    vi.spyOn(workbench.stores, "mark").mockRejectedValue(locked);
    await client.traces.mark({ id, marks });
    expect((await client.traces.next({ since: 0, generation: null, max: 10 })).rows).toMatchObject([{ id, marks }]);
    const stored = traceOf({ seq: 2 });
    vi.spyOn(workbench.stores, "opened").mockReturnValue(stored); // read before the file could not be read any more
    const marking = client.traces.mark({ id: stored.id, marks });
    await expect(marking).rejects.toMatchObject({ data: coded("store-unreadable") });
  } finally {
    await workbench.dispose();
  }
});
