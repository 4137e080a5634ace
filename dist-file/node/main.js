import { a as rendererFolder, i as preloadFile, r as entry } from "./built-files-BwKU3mP-.js";
import { n as readBundleFile, r as securityHeaders } from "./bundle-file-DdMyN2cD.js";
import { i as scriptPort } from "./script-address-DB2Oo9fW.js";
import { f as number, p as object, s as boolean } from "./schemas-ALeHrJtO.js";
import { t as Supervisor } from "./supervisor-6vQ-jO17.js";
import { join, resolve } from "node:path";
import { BrowserWindow, Menu, MessageChannelMain, WebContentsView, app, dialog, ipcMain, nativeTheme, protocol, screen, session, shell, utilityProcess } from "electron";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
// electron/origin.ts
/** The desktop app's own origin; "workbench" is the host part. */
var appOrigin = "app://workbench";
/**
* The page's origin: app://, or a development server's on this machine. `developmentUrl` comes from the environment,
* so a packaged app ignores it: whoever sets it could otherwise load a page with the app's rights.
*/
function pageOrigin(developmentUrl, isPackaged) {
	if (developmentUrl === void 0 || isPackaged || !URL.canParse(developmentUrl)) return appOrigin;
	const { protocol, hostname, origin } = new URL(developmentUrl);
	return protocol === "http:" && (hostname === "127.0.0.1" || hostname === "localhost") ? origin : appOrigin;
}
/** True when the address lies on `origin`. Compares scheme, host and port itself: URL.origin of a custom scheme is "null". */
function isOn(origin, address) {
	if (!URL.canParse(address)) return false;
	const { protocol, host, username, password } = new URL(address);
	return `${protocol}//${host}` === origin && username === "" && password === "";
}
// electron/app-protocol.ts
/** To be registered before the app is ready. Neither CSP nor CORS is bypassed. */
var appScheme = {
	scheme: "app",
	privileges: {
		standard: true,
		secure: true,
		supportFetchAPI: true,
		codeCache: true
	}
};
/** Answers requests for app:// with the files below `root`. */
function appProtocol(root) {
	const refuse = (status) => new Response(null, {
		status,
		headers: securityHeaders
	});
	return async ({ url, method }) => {
		if (!isOn("app://workbench", url)) return refuse(404);
		if (method !== "GET" && method !== "HEAD") return refuse(405);
		const file = await readBundleFile(root, new URL(url).pathname);
		if (!file) return refuse(404);
		return new Response(method === "HEAD" ? null : file.bytes, { headers: file.headers });
	};
}
// electron/channels.ts
var channel = {
	/** Page asks for a port / main replies with one. */
	connect: "connect",
	port: "port",
	chooseFolder: "choose-folder",
	openExternal: "open-external",
	showPreview: "show-preview",
	pictureOfPreview: "picture-of-preview",
	placePreview: "place-preview",
	/** Main sends the address that the view began with. */
	previewMoved: "preview-moved",
	/** Main sends the address whose page lost its process. */
	previewGone: "preview-gone",
	focusPreview: "focus-preview",
	/** Main sends a command's id. */
	command: "command"
};
// electron/external-link.ts
var schemes$1 = /* @__PURE__ */ new Set([
	"https:",
	"http:",
	"mailto:"
]);
var maxLength = 2048;
/** The address to hand to the system, normalised; null when it must not leave. Takes what came over IPC. */
function externalLink(address) {
	if (typeof address !== "string" || address.length > maxLength || !URL.canParse(address)) return null;
	const { protocol, username, password, href } = new URL(address);
	return schemes$1.has(protocol) && username === "" && password === "" ? href : null;
}
// electron/trusted-sender.ts
function isTrustedSender({ sender, senderFrame }, contents, origin) {
	if (sender !== contents || contents.isDestroyed() || senderFrame === null) return false;
	return senderFrame === contents.mainFrame && senderFrame.origin === origin;
}
// electron/ipc.ts
function listenToPage({ origin, window, connect, preview }) {
	/** The window, when the message comes from its page; null otherwise, and then nothing happens. */
	const sender = (event) => {
		const own = window();
		return own && isTrustedSender(event, own.webContents, origin) ? own : null;
	};
	ipcMain.on(channel.connect, (event) => {
		const own = sender(event);
		if (own) connect(own);
	});
	ipcMain.handle(channel.chooseFolder, async (event) => {
		const own = sender(event);
		if (!own) return null;
		const { canceled, filePaths } = await dialog.showOpenDialog(own, {
			title: "Open a folder of scripts",
			properties: ["openDirectory", "createDirectory"]
		});
		return canceled ? null : filePaths[0] ?? null;
	});
	ipcMain.on(channel.openExternal, (event, address) => {
		const link = sender(event) && externalLink(address);
		if (link === null) return;
		shell.openExternal(link).catch((error) => console.error(`${link} could not be opened.`, error));
	});
	ipcMain.on(channel.showPreview, (event, address) => {
		const own = sender(event);
		if (own) preview.show(own, address);
	});
	ipcMain.handle(channel.pictureOfPreview, (event) => sender(event) ? preview.picture() : null);
	ipcMain.on(channel.placePreview, (event, place) => {
		const own = sender(event);
		if (own) preview.place(own, place);
	});
	ipcMain.on(channel.focusPreview, (event) => {
		if (sender(event)) preview.focus();
	});
}
// server/contract/commands.ts
/** In the order of the palette. */
var commandTexts = {
	"workspace.open": {
		title: "Open folder…",
		keys: ["$mod+o"]
	},
	"workspace.close": { title: "Close folder" },
	"workspace.trust": { title: "Trust this folder" },
	"workspace.endTrust": { title: "End trust in this folder" },
	"samples.start": { title: "Try the examples…" },
	"samples.show": { title: "Show examples…" },
	"samples.reset": { title: "Reset examples…" },
	"script.new": { title: "New script…" },
	"script.compile": { title: "Compile the open C source" },
	"file.quickOpen": {
		title: "Open file by name…",
		keys: ["$mod+p"]
	},
	"file.new": { title: "New file…" },
	"folder.new": { title: "New folder…" },
	"file.rename": { title: "Rename file or folder…" },
	"file.move": { title: "Move file or folder…" },
	"file.executable": { title: "Toggle executable bit" },
	"file.reveal": { title: "Reveal the open file in the tree" },
	"file.copyPath": { title: "Copy path of file" },
	"file.delete": { title: "Delete file or folder" },
	"file.undo": { title: "Undo delete, move or rename" },
	"file.filter": { title: "Filter files" },
	"file.save": {
		title: "Save file",
		keys: ["$mod+s"]
	},
	"file.revert": { title: "Reload file from disk and discard edits" },
	"file.encoding": { title: "Change file encoding…" },
	"files.encodings": { title: "Show encodings of all files…" },
	"file.close": {
		title: "Close file",
		keys: ["$mod+w"],
		desktopOnly: true
	},
	"file.compareSaved": { title: "Compare edits with saved file" },
	"file.compareRan": { title: "Compare file with the version that ran" },
	"trace.compareScript": { title: "Compare the version that ran with the file" },
	"diff.next": {
		title: "Go to next difference",
		keys: ["Alt+F5"]
	},
	"diff.previous": {
		title: "Go to previous difference",
		keys: ["Shift+Alt+F5"]
	},
	"diff.close": { title: "Close comparison" },
	"request.send": {
		title: "Send request",
		keys: ["$mod+Enter"]
	},
	"request.repeat": { title: "Repeat request…" },
	"request.response": {
		title: "Open the response of the last send",
		keys: ["F4"]
	},
	"request.save": { title: "Save request…" },
	"saved.show": { title: "Show saved requests" },
	"saved.runAll": { title: "Run all saved requests" },
	"saved.sendAtCursor": { title: "Send the request at the cursor" },
	"request.stop": {
		title: "Stop request",
		keys: ["$mod+Shift+Enter"]
	},
	"request.raw": { title: "Switch raw / form editor" },
	"request.fillRaw": { title: "Fill the raw request from the form" },
	"request.sendOnSave": { title: "Toggle send on save" },
	"request.followRedirects": { title: "Toggle redirect following" },
	"request.cookies": { title: "Toggle cookie jar" },
	"request.clearCookies": { title: "Clear the composer’s cookies" },
	"request.forgetHistory": { title: "Clear this script’s request history" },
	"trace.sendAgain": {
		title: "Send the trace’s request again",
		keys: ["$mod+Alt+Enter"]
	},
	"trace.edit": { title: "Edit the trace’s request and send it again" },
	"trace.save": { title: "Save the trace’s request…" },
	"trace.copyCurl": { title: "Copy trace as cURL command" },
	"trace.copyRaw": { title: "Copy trace as raw HTTP" },
	"trace.copyEnv": { title: "Copy trace as env -i command" },
	"trace.copyAccessLog": { title: "Copy trace as access log line" },
	"trace.exportCapsule": { title: "Export trace as capsule…" },
	"trace.exportHar": { title: "Save trace as HAR…" },
	"trace.exportPage": { title: "Export trace as page…" },
	"trace.open": { title: "Open capsule or HAR file…" },
	"trace.copyLink": { title: "Copy link to the trace" },
	"trace.compare": { title: "Compare trace" },
	"trace.mark": { title: "Mark trace for comparison" },
	"trace.pin": { title: "Pin or unpin trace" },
	"trace.filter": { title: "Filter traces" },
	"trace.onlyPath": { title: "Show only traces with this path" },
	"trace.onlyStatus": { title: "Show only traces with this status" },
	"trace.hidePath": { title: "Hide traces with this path" },
	"trace.all": { title: "Show all traces" },
	"trace.pause": { title: "Pause or resume the trace list" },
	"trace.columnLeft": { title: "Move column of the trace list left" },
	"trace.columnRight": { title: "Move column of the trace list right" },
	"trace.columns": { title: "Reset columns of the trace list" },
	"trace.clear": { title: "Clear traces" },
	"request.pasteCurl": { title: "Paste cURL command…" },
	"view.goTo": { title: "Open link…" },
	"view.traces": { title: "Show traces" },
	"view.compare": { title: "Show comparison" },
	"tour.start": { title: "Explain what just happened" },
	"doctor.show": { title: "Show doctor findings" },
	"doctor.problems": { title: "Show problems in all scripts…" },
	"doctor.index": { title: "Show all doctor rules…" },
	"response.save": { title: "Save response body as a file…" },
	"response.rendered": { title: "Show response as a page" },
	"response.source": { title: "Show response source" },
	"response.headers": { title: "Show response headers" },
	"preview.again": { title: "Reload recorded page" },
	"preview.enter": { title: "Move focus into the preview" },
	"bytes.find": { title: "Find in bytes" },
	"bytes.next": { title: "Go to next match in bytes" },
	"bytes.previous": { title: "Go to previous match in bytes" },
	"bytes.readAs": { title: "Read bytes as another charset…" },
	"bytes.copyText": { title: "Copy bytes as text" },
	"bytes.copyHex": { title: "Copy bytes as hex" },
	"bytes.copyBase64": { title: "Copy bytes as base64" },
	"bytes.findInFiles": { title: "Find these bytes in files" },
	"bytes.text": { title: "Show bytes as text" },
	"bytes.hex": { title: "Show bytes as hex" },
	"bytes.both": { title: "Show bytes as text and hex" },
	"encoding.follow": { title: "Follow a character" },
	"encoding.lab": { title: "Open encoding lab" },
	"latency.scope": { title: "Toggle latency of one script / all" },
	"latency.phases": { title: "Toggle latency phases / total" },
	"latency.reset": { title: "Reset latency zoom" },
	"script.mode": { title: "Run this script as…" },
	"script.rail": {
		title: "Show ways to run this script",
		keys: ["$mod+Alt+r"]
	},
	"workers.show": { title: "Show workers" },
	"workers.restart": { title: "Restart workers of this script" },
	"workers.ask": { title: "Check external FastCGI applications" },
	"server.start": { title: "Start server" },
	"server.stop": { title: "Stop server" },
	"server.copy": { title: "Copy server address" },
	"server.open": { title: "Open server address in browser" },
	"window.copyLink": { title: "Copy link to this window" },
	"server.show": { title: "Show server and log" },
	"config.open": { title: "Open configuration file" },
	"view.explorer": {
		title: "Show or hide files",
		keys: ["$mod+b"]
	},
	"view.inspector": {
		title: "Show or hide inspector",
		keys: ["$mod+Alt+b"]
	},
	"view.bottom": {
		title: "Show or hide traces",
		keys: ["$mod+j"]
	},
	"view.graph": { title: "Open or fold the latency graph" },
	"view.nextPane": {
		title: "Go to next pane",
		keys: ["F6"]
	},
	"view.previousPane": {
		title: "Go to previous pane",
		keys: ["Shift+F6"]
	},
	"view.palette": {
		title: "Search files and commands…",
		keys: [
			"$mod+k",
			"$mod+Shift+p",
			"F1"
		]
	},
	"view.present": {
		title: "Present",
		keys: ["$mod+Alt+p"]
	},
	"view.projector": { title: "Toggle projector mode" },
	"theme.light": { title: "Use light theme" },
	"theme.dark": { title: "Use dark theme" },
	"theme.system": { title: "Use the system’s theme" },
	"settings.open": {
		title: "Settings…",
		keys: ["$mod+,"]
	},
	"editor.find": { title: "Find in the file" },
	"editor.replace": { title: "Replace in the file" },
	"search.files": {
		title: "Find in files…",
		keys: ["$mod+Shift+f"]
	},
	"search.replace": {
		title: "Replace in files…",
		keys: ["$mod+Shift+h"]
	},
	"editor.goToLine": { title: "Go to line…" },
	"editor.wordWrap": { title: "Toggle word wrap" },
	"editor.larger": { title: "Increase editor font size" },
	"editor.smaller": { title: "Decrease editor font size" },
	"help.documentation": { title: "Open documentation…" },
	"help.shortcuts": { title: "Show keyboard shortcuts…" },
	"help.about": { title: "About CGI Workbench" }
};
var isCommandId = (id) => Object.hasOwn(commandTexts, id);
Object.keys(commandTexts).filter(isCommandId);
var commandTitle = (id) => commandTexts[id].title;
/** The keys of a command in one of the shells; the first one is shown. Empty if there is none. */
function commandKeys(id, isDesktop) {
	const { keys = [], desktopOnly = false } = commandTexts[id];
	return desktopOnly && !isDesktop ? [] : keys;
}
// electron/menu.ts
/** Every menu, except the application menu that macOS has first. */
var menus = [
	{
		label: "&File",
		lines: [
			"workspace.open",
			"workspace.close",
			"workspace.trust",
			"workspace.endTrust",
			"separator",
			"samples.start",
			"samples.reset",
			"separator",
			"file.quickOpen",
			"script.new",
			"file.new",
			"folder.new",
			"file.save",
			"file.close",
			"separator",
			"file.rename",
			"file.move",
			"file.executable",
			"file.delete",
			"file.undo",
			"separator",
			"file.compareSaved",
			"file.compareRan",
			"separator",
			"settings.open",
			"separator",
			{ role: "quit" }
		]
	},
	{
		label: "&Edit",
		lines: [
			{ role: "undo" },
			{ role: "redo" },
			"separator",
			{ role: "cut" },
			{ role: "copy" },
			{ role: "paste" },
			{ role: "selectAll" },
			"separator",
			"search.files",
			"search.replace",
			"bytes.find"
		]
	},
	{
		label: "&Request",
		lines: [
			"request.send",
			"request.stop",
			"separator",
			"request.raw",
			"request.sendOnSave",
			"request.followRedirects",
			"request.cookies",
			"separator",
			"request.save",
			"trace.save",
			"saved.show",
			"saved.runAll",
			"separator",
			"trace.sendAgain",
			"trace.edit",
			"trace.compare",
			"request.pasteCurl",
			"trace.copyCurl",
			"trace.copyRaw",
			"trace.copyEnv",
			"trace.copyLink",
			"separator",
			"trace.exportCapsule",
			"trace.exportHar",
			"trace.exportPage",
			"trace.open",
			"separator",
			"trace.filter",
			"trace.pause",
			"trace.clear"
		]
	},
	{
		label: "&Server",
		lines: [
			"server.start",
			"server.stop",
			"separator",
			"server.copy",
			"server.open",
			"separator",
			"script.mode",
			"script.rail",
			"workers.show",
			"workers.restart",
			"workers.ask",
			"separator",
			"server.show",
			"config.open"
		]
	},
	{
		label: "&View",
		lines: [
			"view.palette",
			"separator",
			"response.rendered",
			"response.source",
			"response.headers",
			"separator",
			"encoding.follow",
			"encoding.lab",
			"files.encodings",
			"separator",
			"doctor.show",
			"doctor.problems",
			"doctor.index",
			"separator",
			"view.traces",
			"view.compare",
			"view.goTo",
			"separator",
			"view.explorer",
			"view.inspector",
			"view.bottom",
			"view.graph",
			"separator",
			"view.present",
			"view.projector",
			"separator",
			"theme.light",
			"theme.dark",
			"theme.system",
			"separator",
			{ role: "resetZoom" },
			{ role: "zoomIn" },
			{ role: "zoomOut" },
			"separator",
			{ role: "togglefullscreen" }
		]
	},
	{
		label: "&Window",
		lines: [{ role: "minimize" }, {
			role: "close",
			accelerator: "CmdOrCtrl+Shift+W"
		}]
	},
	{
		label: "&Help",
		lines: [
			"help.documentation",
			"help.shortcuts",
			"tour.start",
			"samples.show",
			"separator",
			"help.about"
		]
	}
];
menus.flatMap(({ lines }) => lines.filter((line) => isCommand(line)));
function menuTemplate({ platform, isDevelopment, run }) {
	const item = (line) => {
		if (line === "separator") return { type: "separator" };
		if (!isCommand(line)) return line;
		const [key] = commandKeys(line, true);
		return {
			id: line,
			label: commandTitle(line),
			click: () => run(line),
			...key !== void 0 && {
				accelerator: accelerator(key),
				registerAccelerator: false
			}
		};
	};
	return [
		...platform === "darwin" ? [{ role: "appMenu" }] : [],
		...menus.map(({ label, lines }) => ({
			label,
			submenu: lines.map(item)
		})),
		...isDevelopment ? [{
			label: "&Development",
			submenu: [{ role: "reload" }, { role: "toggleDevTools" }]
		}] : []
	];
}
/** A key of the registry ("$mod+Shift+p") as Electron writes it ("CmdOrCtrl+Shift+P"). */
function accelerator(key) {
	return key.split("+").map((part) => part === "$mod" ? "CmdOrCtrl" : part.length === 1 ? part.toUpperCase() : part).join("+");
}
function isCommand(line) {
	return typeof line === "string" && line !== "separator";
}
// electron/security.ts
/** The only web preferences there are; the preload's path and the session are added where the window is made. */
var webPreferences = {
	sandbox: true,
	contextIsolation: true,
	nodeIntegration: false,
	nodeIntegrationInWorker: false,
	nodeIntegrationInSubFrames: false,
	webSecurity: true,
	allowRunningInsecureContent: false,
	webviewTag: false,
	navigateOnDragDrop: false,
	experimentalFeatures: false,
	spellcheck: false
};
/** The one permission the page has: writing text to the clipboard, from its own top frame. */
var isPermitted = (permission, isOwnMainFrame) => permission === "clipboard-sanitized-write" && isOwnMainFrame;
/** Keeps a page where it is: it may load its own origin only, in any frame, and open nothing. For each WebContents as it is made. */
function confineContents(contents, origin) {
	const guard = (event) => {
		if (!isOn(origin, event.url)) event.preventDefault();
	};
	contents.on("will-navigate", guard);
	contents.on("will-frame-navigate", guard);
	contents.on("will-redirect", guard);
	contents.on("will-attach-webview", (event) => event.preventDefault());
	contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
/** Denies what a page may ask of its session. */
function confineSession(session, origin) {
	session.setPermissionRequestHandler((_contents, permission, answer, details) => answer(isPermitted(permission, details.isMainFrame && isOn(origin, details.requestingUrl))));
	session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) => isPermitted(permission, details.isMainFrame && isOn(origin, requestingOrigin)));
	session.setDevicePermissionHandler(() => false);
	session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
	session.on("will-download", (event, item) => {
		if (!item.getURL().startsWith(`blob:${origin}/`)) event.preventDefault();
	});
	session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOwnRequest(origin, url) }));
}
/** What the page may load: its own origin, in development its WebSocket too, data: images, and the developer tools' files. */
function isOwnRequest(origin, url) {
	return isOn(origin, url) || url.startsWith("data:") || url.startsWith("devtools://") || isOn(origin.replace(/^http:/, "ws:"), url);
}
// electron/preview-security.ts
/** No preload, so there is no bridge; no dialogs that block the window; no pickers of files that a script opens. */
var previewPreferences = {
	...webPreferences,
	devTools: false,
	disableDialogs: true,
	disableBlinkFeatures: "FileSystemAccessLocal"
};
/** Without allow-modals, so that a page cannot open the system's print dialog. The rest is as for any page. */
var sandbox = "sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-popups-to-escape-sandbox allow-downloads allow-pointer-lock allow-orientation-lock allow-presentation allow-top-navigation";
/** Keeps the page itself on the script origin. Its frames may show other places, as on the web; windows it opens are none. */
function confinePreview(contents, isAllowed) {
	const guard = (event) => {
		if (event.isMainFrame !== false && !isAllowed(event.url)) event.preventDefault();
	};
	contents.on("will-navigate", guard);
	contents.on("will-frame-navigate", guard);
	contents.on("will-redirect", guard);
	contents.on("will-attach-webview", (event) => event.preventDefault());
	contents.on("will-prevent-unload", (event) => event.preventDefault());
	contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
/**
* Denies what a page may ask of its session, and every scheme that is not the web's. `isServed`: whether the pages' folder is the
* open one; a page that is left over from another folder sends nothing to this one's scripts.
*/
function confinePreviewSession(session, isServed) {
	session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
	session.setPermissionCheckHandler(() => false);
	session.setDevicePermissionHandler(() => false);
	session.setDisplayMediaRequestHandler((_request, answer) => answer({}));
	session.on("will-download", (event) => event.preventDefault());
	session.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isOfTheWeb(url) || !isServed() }));
	session.webRequest.onHeadersReceived(({ resourceType, responseHeaders = {} }, answer) => {
		answer({ responseHeaders: resourceType === "mainFrame" || resourceType === "subFrame" ? sandboxed(responseHeaders) : responseHeaders });
	});
}
/** With a policy beside those of the page: all of them apply. */
function sandboxed(headers) {
	const isPolicy = (name) => name.toLowerCase() === "content-security-policy";
	const policies = Object.entries(headers).flatMap(([name, values]) => isPolicy(name) ? values : []);
	const others = Object.entries(headers).filter(([name]) => !isPolicy(name));
	return {
		...Object.fromEntries(others),
		"Content-Security-Policy": [...policies, sandbox]
	};
}
var schemes = /* @__PURE__ */ new Set([
	"http:",
	"https:",
	"ws:",
	"wss:",
	"data:",
	"blob:",
	"about:"
]);
var isOfTheWeb = (url) => URL.canParse(url) && schemes.has(new URL(url).protocol);
// electron/preview-view.ts
var side = number().min(0).max(1e5);
/** CSS pixels of the page, and by what it zooms this part of itself. */
var placeOnPage = object({
	x: side,
	y: side,
	width: side,
	height: side,
	zoom: number().min(.25).max(5)
}).nullable();
/** The page before stays until the next one has something to show, but no longer than this. */
var longestOverlapMs = 300;
var jpegQuality = 90;
var PreviewView = class {
	#served;
	/** By folder. */
	#sessions = /* @__PURE__ */ new Map();
	#window = null;
	#current = null;
	/**
	* Loading, not shown yet. Each page gets a view of its own: a page that never stops computing would block the next
	* one in its process.
	*/
	#next = null;
	/** In pixels of the window; null: hidden. */
	#bounds = null;
	#zoom = 1;
	/** `served`: null while no scripts are served. */
	constructor(served) {
		this.#served = served;
	}
	/** Whether these are the contents of a view. They have walls of their own. */
	owns(contents) {
		return [...this.#sessions.values()].includes(contents.session);
	}
	/** Shows an address of the script origin; null closes the view. The argument comes over IPC and is not trusted. */
	show(window, address) {
		if (address === null) this.#close();
		const served = this.#served();
		if (typeof address !== "string" || !served || scriptPort(address) !== served.port) return;
		this.#follow(window);
		end(window, this.#next);
		const next = this.#open(window, served.folder);
		next.contents.on("did-navigate", () => {
			if (!window.isDestroyed()) window.webContents.send(channel.previewMoved, address);
		});
		next.contents.on("render-process-gone", () => {
			if ((this.#current === next || this.#next === next) && !window.isDestroyed()) window.webContents.send(channel.previewGone, address);
		});
		this.#next = next;
		const swap = () => {
			if (this.#next !== next) return;
			end(window, this.#current);
			this.#current = next;
			this.#next = null;
			this.#arrange(window);
		};
		next.contents.once("dom-ready", swap);
		setTimeout(swap, longestOverlapMs);
		next.contents.loadURL(address).then(swap, swap);
	}
	/** Puts the view over a rectangle of the page; null hides it. Takes what came over IPC. */
	place(window, place) {
		const { data = null } = placeOnPage.safeParse(place);
		const zoom = window.webContents.getZoomFactor();
		const edge = (at) => Math.round(at * zoom);
		this.#zoom = data?.zoom ?? 1;
		this.#bounds = data && {
			x: edge(data.x),
			y: edge(data.y),
			width: edge(data.x + data.width) - edge(data.x),
			height: edge(data.y + data.height) - edge(data.y)
		};
		this.#arrange(window);
	}
	/** What is to be seen of the page, for what opens above it; null when there is nothing. */
	async picture() {
		const contents = this.#current?.contents;
		if (!contents || contents.isDestroyed() || this.#bounds === null) return null;
		try {
			const picture = await contents.capturePage();
			return picture.isEmpty() ? null : `data:image/jpeg;base64,${picture.toJPEG(jpegQuality).toString("base64")}`;
		} catch (error) {
			console.error("The preview could not be captured.", error);
			return null;
		}
	}
	focus() {
		if (this.#current?.contents.isDestroyed() === false) this.#current.contents.focus();
	}
	/** Whether the scripts of this folder are served, at this address if one is given. */
	#isServed(folder, address) {
		const served = this.#served();
		return served?.folder === folder && (address === null || scriptPort(address) === served.port);
	}
	#arrange(window) {
		const { view, contents } = this.#current ?? {};
		if (!view || contents?.isDestroyed() !== false) return;
		view.setVisible(this.#bounds !== null);
		if (!this.#bounds) return;
		view.setBounds(this.#bounds);
		const zoom = window.webContents.getZoomFactor() * this.#zoom;
		if (contents.getZoomFactor() !== zoom) contents.setZoomFactor(zoom);
	}
	#sessionOf(folder) {
		const known = this.#sessions.get(folder);
		if (known) return known;
		const made = session.fromPartition(`preview-${this.#sessions.size + 1}`);
		this.#sessions.set(folder, made);
		confinePreviewSession(made, () => this.#isServed(folder, null));
		return made;
	}
	#open(window, folder) {
		const view = new WebContentsView({ webPreferences: {
			...previewPreferences,
			session: this.#sessionOf(folder)
		} });
		const contents = view.webContents;
		confinePreview(contents, (address) => this.#isServed(folder, address));
		contents.on("before-input-event", (event, { type, key, shift }) => {
			if (type !== "keyDown" || key !== "F6") return;
			event.preventDefault();
			window.webContents.focus();
			window.webContents.send(channel.command, shift ? "view.previousPane" : "view.nextPane");
		});
		view.setVisible(false);
		window.contentView.addChildView(view);
		return {
			view,
			contents
		};
	}
	/** A view outlives the window, and the page that asked for it: not here. */
	#follow(window) {
		if (this.#window === window) return;
		this.#window = window;
		const close = () => this.#close();
		window.once("closed", close);
		window.webContents.on("render-process-gone", close);
		window.webContents.on("did-navigate", close);
	}
	#close() {
		if (this.#window) for (const shown of [this.#next, this.#current]) end(this.#window, shown);
		this.#next = this.#current = this.#bounds = null;
	}
};
function end(window, shown) {
	if (!shown) return;
	if (!window.isDestroyed()) window.contentView.removeChildView(shown.view);
	if (!shown.contents.isDestroyed()) shown.contents.close();
}
// electron/server-process.ts
var ServerProcess = class extends Supervisor {
	#waiting;
	constructor(options) {
		const waiting = /* @__PURE__ */ new Set();
		super({
			...options,
			fork: forkUtility,
			loadDriver: forkLoadDriver,
			ui: null,
			onReady: () => {
				const contents = [...waiting];
				waiting.clear();
				for (const each of contents) this.connect(each);
			}
		});
		this.#waiting = waiting;
	}
	/** Gives the page a port: now, or when the server is up. */
	connect(contents) {
		if (contents.isDestroyed()) return;
		if (!this.givePort(() => {
			const { port1, port2 } = new MessageChannelMain();
			contents.postMessage(channel.port, null, [port2]);
			return port1;
		})) this.#waiting.add(contents);
	}
};
/** A process that sends the load of a benchmark; it ends when its port closes. */
function forkLoadDriver() {
	const { port1, port2 } = new MessageChannelMain();
	utilityProcess.fork(entry("load-driver"), [], { serviceName: "CGI Workbench load" }).postMessage(null, [port1]);
	return port2;
}
/** Only after the app is ready. */
function forkUtility() {
	const child = utilityProcess.fork(entry("utility"), [], { serviceName: "CGI Workbench server" });
	return {
		post: (message, ports) => child.postMessage(message, [...ports]),
		onMessage: (listener) => child.on("message", listener),
		onExit: (listener) => child.once("exit", (code) => listener(`exit code ${code}`)),
		kill: () => child.kill()
	};
}
// electron/start-arguments.ts
/**
* The first argument that is not a flag, as an absolute path; null when there is none. `isDefaultApp`: the app's own
* path comes before.
*/
function folderArgument(argv, workingDirectory, isDefaultApp) {
	const folder = argv.slice(1).filter((word) => word !== "" && !word.startsWith("-"))[isDefaultApp ? 1 : 0];
	return folder === void 0 ? null : resolve(workingDirectory, folder);
}
// electron/window-state.ts
var windowState = object({
	x: number().int(),
	y: number().int(),
	width: number().int(),
	height: number().int(),
	isMaximized: boolean()
});
/** In device-independent pixels. */
var minimumSize = {
	width: 760,
	height: 480
};
var usualSize = {
	width: 1280,
	height: 800
};
/** So much of the title must be on some display for the window to be within reach. */
var reach = {
	width: 120,
	height: 32
};
/** The state that was saved; null when there is none or it is invalid. */
function readWindowState(file) {
	try {
		return windowState.parse(JSON.parse(readFileSync(file, "utf8")));
	} catch {
		return null;
	}
}
/** Saves the state; synchronous, because the window is closing. */
function writeWindowState(file, state) {
	try {
		writeFileSync(`${file}.new`, JSON.stringify(state));
		renameSync(`${file}.new`, file);
	} catch (error) {
		console.error("The window’s position could not be saved.", error);
	}
}
/** Bounds for the window: as saved when its title is within reach on one of the work areas, else of usual size, placed by the system. */
function fitWindow(saved, workAreas) {
	if (saved) for (const area of workAreas) {
		const fitted = {
			x: saved.x,
			y: saved.y,
			...fitSize(saved, area)
		};
		if (isWithinReach(fitted, area)) return fitted;
	}
	return fitSize(usualSize, workAreas[0] ?? usualSize);
}
/** The minimum wins over a display smaller than it. */
function fitSize(size, area) {
	const side = (name) => Math.max(minimumSize[name], Math.min(size[name], area[name]));
	return {
		width: side("width"),
		height: side("height")
	};
}
/** The title is the window's upper edge: its top must be on the display, and enough of its width. */
function isWithinReach(window, area) {
	return Math.min(window.x + window.width, area.x + area.width) - Math.max(window.x, area.x) >= reach.width && window.y >= area.y && window.y + reach.height <= area.y + area.height;
}
// electron/window.ts
/** The page's own background (renderer/ui/tokens.css), so that nothing flashes before its first paint. */
var background = {
	light: "#f3f4f7",
	dark: "#15171c"
};
function openWindow({ url, preload, session, devTools, stateFile, onShown }) {
	const saved = readWindowState(stateFile);
	const window = new BrowserWindow({
		...fitWindow(saved, screen.getAllDisplays().map(({ workArea }) => workArea)),
		minWidth: minimumSize.width,
		minHeight: minimumSize.height,
		title: "CGI Workbench",
		backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
		show: false,
		webPreferences: {
			...webPreferences,
			preload,
			session,
			devTools
		}
	});
	window.once("ready-to-show", () => {
		if (saved?.isMaximized) window.maximize();
		window.show();
		onShown();
	});
	window.on("close", () => writeWindowState(stateFile, {
		...window.getNormalBounds(),
		isMaximized: window.isMaximized()
	}));
	window.webContents.on("render-process-gone", (_event, { reason }) => {
		if (reason !== "clean-exit") offerReload(window, reason);
	});
	window.webContents.on("will-prevent-unload", (event) => {
		if (isLeavingConfirmed(window)) event.preventDefault();
	});
	window.loadURL(url).catch((error) => console.error(`The page ${url} could not be loaded.`, error));
	return window;
}
/** The page's process is gone; the server and its traces are not. */
async function offerReload(window, reason) {
	const { response } = await dialog.showMessageBox(window, {
		type: "error",
		message: "The window’s page stopped unexpectedly.",
		detail: `Reason: ${reason}. The server is still running and its traces are kept.`,
		buttons: ["Reload", "Close window"],
		defaultId: 0,
		cancelId: 1
	});
	if (window.isDestroyed()) return;
	if (response === 0) window.reload();
	else window.destroy();
}
/** The page has something to lose and asked to stay. */
function isLeavingConfirmed(window) {
	return dialog.showMessageBoxSync(window, {
		type: "warning",
		message: "Some edits are not saved.",
		buttons: ["Keep editing", "Leave without saving"],
		defaultId: 0,
		cancelId: 0
	}) === 1;
}
// electron/main.ts
var origin = pageOrigin(process.env["RENDERER_URL"], app.isPackaged);
var folder = folderArgument(process.argv, process.cwd(), process.defaultApp === true);
var window = null;
protocol.registerSchemesAsPrivileged([appScheme]);
if (!app.commandLine.hasSwitch("no-sandbox")) app.enableSandbox();
if (app.requestSingleInstanceLock({ folder })) start();
else app.quit();
function start() {
	const server = new ServerProcess({
		workspace: folder === null ? null : {
			path: folder,
			port: null
		},
		onNotOpened: ({ message, fix }) => {
			const box = {
				type: "error",
				message,
				...fix !== null && { detail: fix }
			};
			window ? dialog.showMessageBox(window, box) : dialog.showMessageBox(box);
		}
	});
	const preview = new PreviewView(() => server.served);
	app.on("web-contents-created", (_event, contents) => {
		if (!preview.owns(contents)) confineContents(contents, origin);
	});
	app.on("second-instance", (_event, _argv, _directory, data) => {
		if (window?.isMinimized()) window.restore();
		window?.focus();
		const other = folderOf(data);
		if (other !== null) server.open(other);
	});
	app.on("window-all-closed", () => app.quit());
	endWith(server);
	if (origin.startsWith("http:")) process.on("message", () => server.restart());
	process.once("disconnect", () => app.quit());
	app.whenReady().then(() => ready(server, preview), (error) => {
		console.error(error);
		app.exit(1);
	});
}
function ready(server, preview) {
	server.start();
	const ui = session.fromPartition("persist:ui");
	confineSession(ui, origin);
	ui.protocol.handle("app", appProtocol(rendererFolder()));
	listenToPage({
		origin,
		window: () => window,
		connect: ({ webContents }) => server.connect(webContents),
		preview
	});
	const run = (command) => window?.webContents.send(channel.command, command);
	Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({
		platform: process.platform,
		isDevelopment: !app.isPackaged,
		run
	})));
	window = openWindow({
		url: `${origin}/`,
		preload: preloadFile(),
		session: ui,
		devTools: !app.isPackaged,
		stateFile: join(app.getPath("userData"), "window.json"),
		onShown: () => process.send?.({ kind: "shown" })
	});
	window.once("closed", () => {
		window = null;
	});
}
/** Quitting waits until the server has ended its scripts. */
function endWith(server) {
	let isEnded = false;
	app.on("will-quit", (event) => {
		if (isEnded) return;
		event.preventDefault();
		server.stop().finally(() => {
			isEnded = true;
			app.quit();
		});
	});
}
/** The folder that a second instance was started with. */
function folderOf(data) {
	return typeof data === "object" && data !== null && "folder" in data && typeof data.folder === "string" ? data.folder : null;
}
export {};

//# sourceMappingURL=main.js.map