import { fileURLToPath } from "node:url";
// server/base/built-files.ts
/** Absolute path of a built entry. Only meaningful in built code. */
var entry = (name) => fileURLToPath(new URL(`./${name}.js`, import.meta.url));
/** Absolute path of the preload script: a single CommonJS file, because a sandboxed preload must be one. */
var preloadFile = () => fileURLToPath(new URL("./preload.cjs", import.meta.url));
/** Absolute path of the folder with the examples and templates, as files. */
var samplesFolder = () => fileURLToPath(new URL("../samples/", import.meta.url));
/**
* Absolute path of an agent. The interpreter of a script reads it, so a packaged app has it outside of its archive
* (electron-builder.yml). The path is right in source code, too.
*/
var agentFile = (language) => agentFiles[language];
var adapterFile = (name) => besideAgents(name);
var besideAgents = (name) => fileURLToPath(new URL(`../../dist/agents/${name}`, import.meta.url)).replace(/([/\\]app\.asar)(?=[/\\])/, "$1.unpacked");
var builtAgent = (extension) => besideAgents(`cgi-workbench-agent.${extension}`);
var agentFiles = {
	python: builtAgent("py"),
	perl: builtAgent("pl"),
	ruby: builtAgent("rb")
};
/** Absolute path of the folder with the built window (index.html and its assets), for both shells. */
var rendererFolder = () => fileURLToPath(new URL("../renderer/", import.meta.url));
export { rendererFolder as a, preloadFile as i, agentFile as n, samplesFolder as o, entry as r, adapterFile as t };

//# sourceMappingURL=built-files-BwKU3mP-.js.map