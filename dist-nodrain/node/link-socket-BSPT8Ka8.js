import { b as url, p as object } from "./schemas-ALeHrJtO.js";
import { r as errorCode } from "./disk-DCvxDZJ3.js";
import { n as runtimeFolder, t as processStart } from "./process-identity-A1WKEbJe.js";
import { join } from "node:path";
import { readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
// server/window/link-socket.ts
/** How long the address of a link is good. */
var linkLifeMs = 6e4;
var maxPathLength = 8192;
var line = object({ url: url().nullable() });
var socketName = /^window-(\d+)\.sock$/;
/** Answers until `close`, and gives the window's own "Copy link" the same addresses. */
async function serveLinks(workbench, link) {
	workbench.windowLink = () => link(linkLifeMs);
	const folder = await runtimeFolder();
	await removeDead(folder);
	const path = join(folder, `window-${process.pid}.sock`);
	await rm(path, { force: true });
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		let asked = "";
		socket.on("error", () => socket.destroy());
		socket.setEncoding("utf8").on("data", (part) => {
			asked += part;
			if (asked.length > maxPathLength) socket.destroy();
		});
		socket.on("end", () => {
			const url = asked === workbench.folder.current?.root ? link(linkLifeMs) : null;
			socket.end(JSON.stringify({ url }));
		});
	});
	await new Promise((resolve, reject) => server.once("error", reject).listen(path, resolve));
	return { close: () => new Promise((resolve) => server.close(() => resolve())) };
}
/** A new address of a running server that has the folder open and a window; null: there is none. */
async function windowLink(root) {
	const folder = await runtimeFolder();
	await removeDead(folder);
	for (const name of (await readdir(folder)).filter((each) => socketName.test(each))) {
		const url = await askedLink(join(folder, name), root);
		if (url !== null) return url;
	}
	return null;
}
async function askedLink(path, root) {
	try {
		const socket = connect(path);
		socket.end(root);
		return line.parse(JSON.parse(await text(socket))).url;
	} catch (error) {
		if (gone.has(errorCode(error))) return null;
		throw error;
	}
}
var gone = /* @__PURE__ */ new Set([
	"ENOENT",
	"ECONNREFUSED",
	"ECONNRESET",
	"EPIPE"
]);
/** Removes the sockets of servers that were killed. */
async function removeDead(folder) {
	for (const name of await readdir(folder)) {
		const pid = socketName.exec(name)?.[1];
		if (pid !== void 0 && await processStart(Number(pid)) === null) await rm(join(folder, name), { force: true });
	}
}
export { serveLinks as n, windowLink as r, linkLifeMs as t };

//# sourceMappingURL=link-socket-BSPT8Ka8.js.map