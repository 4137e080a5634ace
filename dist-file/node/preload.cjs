let electron = require("electron");
// server/contract/bridge.ts
/** The `data` of the window message that carries the port to the server. */
var portMessage = "workbench:port";
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
// electron/preload.ts
electron.ipcRenderer.on(channel.port, ({ ports }) => window.postMessage(portMessage, window.location.origin, ports));
function listen(name, listener) {
	const onMessage = (_event, value) => listener(value);
	electron.ipcRenderer.on(name, onMessage);
	return () => void electron.ipcRenderer.off(name, onMessage);
}
var bridge = {
	connect: () => electron.ipcRenderer.send(channel.connect),
	chooseFolder: () => electron.ipcRenderer.invoke(channel.chooseFolder),
	openExternal: (url) => electron.ipcRenderer.send(channel.openExternal, url),
	showPreview: (url) => electron.ipcRenderer.send(channel.showPreview, url),
	pictureOfPreview: () => electron.ipcRenderer.invoke(channel.pictureOfPreview),
	placePreview: (place) => electron.ipcRenderer.send(channel.placePreview, place),
	focusPreview: () => electron.ipcRenderer.send(channel.focusPreview),
	onCommand: (listener) => listen(channel.command, listener),
	onPreviewMoved: (listener) => listen(channel.previewMoved, listener),
	onPreviewGone: (listener) => listen(channel.previewGone, listener),
	platform: process.platform,
	versions: {
		electron: process.versions.electron,
		chromium: process.versions.chrome,
		node: process.versions.node
	}
};
electron.contextBridge.exposeInMainWorld("workbench", bridge);
