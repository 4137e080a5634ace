// A name that cannot be stored: the list does not show it.
import { expect, test, vi } from "vitest";
import { Workbench } from "../../../server/app/workbench.js";
import { ProblemError } from "../../../server/base/problem.js";
import { storeMessage } from "../../../server/trace/store/messages.js";
import { coded } from "../../support/coded.js";
import { rpcWindows } from "../../support/rpc-windows.js";
import { traceOf } from "../../support/stored-traces.js";

test("a name is in the row once it is stored, and not if that fails", async () => {
  const workbench = await Workbench.create();
  await using windows = await rpcWindows(workbench, "port");
  try {
    const { client } = await windows.open();
    const { id } = workbench.traces.add(traceOf({ seq: 1 }));
    const shown = async () => (await client.traces.next({ since: 0, generation: null, max: 10 })).rows;
    const locked = new ProblemError(storeMessage("store-unreadable", { path: "a.db", systemText: "locked" }));
    vi.spyOn(workbench.stores, "mark").mockRejectedValueOnce(locked).mockResolvedValueOnce(true);
    const marks = { name: "One", note: null, tags: [] };
    await expect(client.traces.mark({ id, marks })).rejects.toMatchObject({ data: coded("store-unreadable") });
    expect(await shown()).toMatchObject([{ id, marks: null }]);
    await client.traces.mark({ id, marks });
    expect(await shown()).toMatchObject([{ id, marks }]);
  } finally {
    await workbench.dispose();
  }
});
