import { a as rendererFolder } from "./built-files-BwKU3mP-.js";
import { n as serveUiAt, r as socketTransport } from "./ui-origin-A7RdlQth.js";
import { n as serveLinks } from "./link-socket-BSPT8Ka8.js";
import { n as toServer } from "./messages-Dig-sVke.js";
import { n as serveWorkbench, t as crash } from "./server-process-DxqGmVBm.js";
import { Socket } from "node:net";
// server/boot/browser.ts
var post = (message) => {
	if (process.connected) process.send?.(message);
};
var served = null;
var accept = null;
var closeLinks = async () => {};
var end = () => {
	closeLinks().then(() => served ? served.shutdown() : process.exit(0), crash);
};
process.on("message", (data, handle) => {
	const message = toServer.parse(data);
	if (message.kind === "settings") start(message).catch(crash);
	else if (message.kind === "open") served?.open({
		path: message.path,
		port: null
	});
	else if (message.kind === "shutdown") end();
	else if (message.kind === "port" && handle instanceof Socket) {
		if (message.connection !== void 0) post({
			kind: "accepted",
			connection: message.connection
		});
		accept?.(handle);
	}
});
for (const event of [
	"disconnect",
	"SIGINT",
	"SIGTERM"
]) process.once(event, end);
async function start({ workspace, ui }) {
	if (ui === null) throw new Error("browser mode has settings for the window");
	const { workbench, open, shutdown } = await serveWorkbench(post);
	served = {
		workbench,
		open,
		shutdown
	};
	const { link, accept: acceptSocket } = serveUiAt(ui, {
		onSocket: socketTransport(workbench),
		root: rendererFolder(),
		token: ui.token
	});
	accept = acceptSocket;
	closeLinks = (await serveLinks(workbench, link)).close;
	if (workspace) served.open(workspace);
	post({
		kind: "ready",
		pid: process.pid,
		ui: link(ui.linkLifeMs)
	});
}
export {};

//# sourceMappingURL=browser.js.map