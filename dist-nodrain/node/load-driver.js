import { i as runLoad, n as load, t as claimed } from "./load-CzSUUc8V.js";
// server/boot/load-driver.ts
/** Connections that the server has not acknowledged, by their local ports. */
var waiting = /* @__PURE__ */ new Map();
function hear(message, report) {
	const answer = claimed.safeParse(message);
	if (answer.success) waiting.get(answer.data.claimed)?.();
	else send(message, report);
}
async function send(order, report) {
	report({
		kind: "done",
		...await runLoad(load.parse(order), async ({ localAddress = "", localPort = 0 }) => {
			const acknowledged = new Promise((resolve) => waiting.set(localPort, resolve));
			report({
				kind: "connected",
				localAddress,
				localPort
			});
			await acknowledged;
			waiting.delete(localPort);
		})
	});
}
function hearPort(port) {
	port.on("message", ({ data }) => hear(data, (note) => port.postMessage(note)));
	port.on("close", () => process.exit());
	port.start();
}
var { parentPort } = process;
if (parentPort !== void 0) parentPort.once("message", ({ ports: [port] }) => port && hearPort(port));
else {
	process.on("message", (message) => hear(message, (note) => void process.send?.(note)));
	process.on("disconnect", () => process.exit());
	process.on("SIGINT", () => {});
}
export {};

//# sourceMappingURL=load-driver.js.map