import { t as Workbench } from "./workbench-NP38puFa.js";
import { a as ProblemError } from "./terminal-text-C2cQ1erE.js";
// server/boot/follow-workspace.ts
/** Calls `notify` whenever the open folder or its port change, until the signal aborts. Nothing is open at the beginning. */
function followWorkspace(states, notify, { signal }) {
	let last = JSON.stringify(null);
	return states.follow(({ workspace, server }) => {
		if (server.status === "starting") return;
		const open = workspace && {
			path: workspace.root,
			port: server.port
		};
		const now = JSON.stringify(open);
		if (now !== last) notify(open);
		last = now;
	}, signal);
}
// server/boot/server-process.ts
async function serveWorkbench(post, options = {}) {
	const workbench = await Workbench.create({
		store: "as-set",
		...options
	});
	const following = new AbortController();
	let isEnding = false;
	followWorkspace(workbench.states, (workspace) => post({
		kind: "workspace",
		workspace
	}), following).catch(crash);
	return {
		workbench,
		open: ({ path, port }) => {
			workbench.folder.open(path, { usualPort: port }).catch((error) => {
				if (error instanceof ProblemError) post({
					kind: "not-opened",
					problem: error.problem
				});
				else crash(error);
			});
		},
		shutdown: () => {
			if (isEnding) return;
			isEnding = true;
			following.abort();
			workbench.dispose().then(() => process.exit(0), crash);
		}
	};
}
/** After a bug the process ends, and its parent starts another. */
function crash(error) {
	console.error(error);
	process.exit(1);
}
export { serveWorkbench as n, crash as t };

//# sourceMappingURL=server-process-DxqGmVBm.js.map