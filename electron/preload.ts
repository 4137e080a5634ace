// The whole bridge between main and page, as one CommonJS file. contextBridge cannot carry the port: a message does.
import { contextBridge, ipcRenderer } from "electron";
import { portMessage, type WorkbenchBridge } from "../server/contract/bridge.js";
import { channel } from "./channels.js";

ipcRenderer.on(channel.port, ({ ports }) => window.postMessage(portMessage, window.location.origin, ports));

function listen<V>(name: string, listener: (value: V) => void): () => void {
  const onMessage = (_event: unknown, value: V): void => listener(value);
  ipcRenderer.on(name, onMessage);
  return () => void ipcRenderer.off(name, onMessage);
}

const bridge: WorkbenchBridge = {
  connect: () => ipcRenderer.send(channel.connect),
  chooseFolder: () => ipcRenderer.invoke(channel.chooseFolder),
  openExternal: (url) => ipcRenderer.send(channel.openExternal, url),
  showPreview: (url) => ipcRenderer.send(channel.showPreview, url),
  pictureOfPreview: () => ipcRenderer.invoke(channel.pictureOfPreview),
  placePreview: (place) => ipcRenderer.send(channel.placePreview, place),
  focusPreview: () => ipcRenderer.send(channel.focusPreview),
  onCommand: (listener) => listen(channel.command, listener),
  onPreviewMoved: (listener) => listen(channel.previewMoved, listener),
  onPreviewGone: (listener) => listen(channel.previewGone, listener),
  onPreviewFocused: (listener) => listen(channel.previewFocused, listener),
  platform: process.platform,
  versions: { electron: process.versions.electron, chromium: process.versions.chrome, node: process.versions.node },
};
contextBridge.exposeInMainWorld("workbench", bridge);
