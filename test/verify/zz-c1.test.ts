import { test } from "vitest";
import { Workbench } from "../../server/workbench.js";
test("x", async () => { const w = await Workbench.create(); console.log(Object.keys(w), (w.log as any)); await w.dispose(); });
