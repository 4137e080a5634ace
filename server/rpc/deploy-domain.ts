// Kits for other servers: what one would have, and writing it.
import { basename, dirname, join } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import type { KitWish } from "../contract/deploy-contract.js";
import { kitName } from "../features/deploy/kit-name.js";
import { deployProblem } from "../features/deploy/messages.js";
import { planKit } from "../features/deploy/plan.js";
import { writeKit } from "../features/deploy/write-kit.js";
import { watchedTraces } from "../features/deploy/written-files.js";
import { absoluteFolder } from "../workspace/files/folders.js";
import { never, os } from "./implementer.js";
import { shownFolder } from "./shown-folder.js";

export const deployDomain = (workbench: Pick<Workbench, "folder" | "list" | "traces">) => {
  const planned = async ({ to, script, root, host }: KitWish, signal = never) => {
    const workspace = shownFolder(workbench.folder, { root });
    if (!workspace.isTrusted) throw new ProblemError(deployProblem("kit-not-trusted", { path: workspace.root }));
    const name = kitName(basename(script ?? workspace.root));
    const options = { to, script, name, at: `/srv/${name}`, host, port: 80 };
    const plan = await planKit(workspace, options, await watchedTraces(workbench, signal));
    return { plan, root: workspace.root };
  };
  return {
    plan: os.deploy.plan.handler(async ({ input, signal }) => {
      const { plan, root } = await planned(input, signal);
      return {
        at: plan.at,
        scripts: plan.scripts.map(({ path, mode }) => ({ path, mode })),
        notes: [...plan.notes],
        files: await writeKit(plan, root, null),
        suggestedFolder: join(dirname(root), `${plan.name}-${plan.to}`),
      };
    }),
    make: os.deploy.make.handler(async ({ input, signal }) => {
      const out = absoluteFolder(input.folder);
      const { plan, root } = await planned(input, signal);
      await writeKit(plan, root, out);
      return { folder: out };
    }),
  };
};
