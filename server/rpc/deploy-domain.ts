// Kits for other servers: what one would have, and writing it.
import { basename, dirname, join } from "node:path";
import type { Workbench } from "../app/workbench.js";
import { ProblemError } from "../base/problem.js";
import type { TargetId } from "../contract/deploy-targets.js";
import { kitName } from "../features/deploy/kit-name.js";
import { deployProblem } from "../features/deploy/messages.js";
import { planKit } from "../features/deploy/plan.js";
import { filesOf, writeKit } from "../features/deploy/write-kit.js";
import { absoluteFolder } from "../workspace/files/folders.js";
import { os } from "./implementer.js";
import { refusing } from "./refusal.js";
import { shownFolder } from "./shown-folder.js";

interface Wish {
  readonly root: string | null;
  readonly to: TargetId;
  readonly script: string | null;
  readonly host: string;
}

export const deployDomain = ({ folder }: Pick<Workbench, "folder">) => {
  const planned = async ({ to, script, root, host }: Wish) => {
    const workspace = shownFolder(folder, { root });
    if (!workspace.isTrusted) throw new ProblemError(deployProblem("kit-not-trusted", { path: workspace.root }));
    const name = kitName(basename(script ?? workspace.root));
    const plan = await planKit(workspace, { to, script, name, at: `/srv/${name}`, host, port: 80 });
    return { plan, root: workspace.root };
  };
  return {
    plan: os.deploy.plan.handler(({ input }) =>
      refusing(async () => {
        const { plan, root } = await planned(input);
        return {
          at: plan.at,
          scripts: plan.scripts.map(({ path, mode }) => ({ path, mode })),
          notes: [...plan.notes],
          files: await filesOf(plan, root),
          suggestedFolder: join(dirname(root), `${plan.name}-${plan.to}`),
        };
      }),
    ),
    make: os.deploy.make.handler(({ input }) =>
      refusing(async () => {
        const out = absoluteFolder(input.folder);
        const { plan, root } = await planned(input);
        await writeKit(plan, root, out);
        return { folder: out };
      }),
    ),
  };
};
