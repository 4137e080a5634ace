// server/spawn/native/platform.ts
var linux = {
	pipeCloseOnExec: 524288,
	nonBlocking: 2048,
	signalling: 8192,
	spawnFlags: 140,
	closesByFlag: false,
	allSignals: (/* @__PURE__ */ new Uint8Array(128)).fill(255),
	microsecondBytes: 8,
	maxRssUnitBytes: 1024,
	atomicWriteBytes: 4096,
	addressHasLength: false,
	maxSocketPathBytes: 107
};
var darwin = {
	pipeCloseOnExec: null,
	nonBlocking: 4,
	signalling: null,
	spawnFlags: 17420,
	closesByFlag: true,
	allSignals: Uint8Array.of(255, 254, 254, 255),
	microsecondBytes: 4,
	maxRssUnitBytes: 1,
	atomicWriteBytes: 512,
	addressHasLength: true,
	maxSocketPathBytes: 103
};
/** Null where only the portable start works. 64-bit only: the sizes and alignments below assume it. */
function nativePlatform(system, architecture) {
	if (architecture !== "x64" && architecture !== "arm64") return null;
	if (system === "linux") return linux;
	return system === "darwin" ? darwin : null;
}
// server/spawn/native/private-memory.ts
var PR_SET_DUMPABLE = 4;
/** False where the system has no such setting, or koffi is missing. Programs that this process starts are not concerned. */
async function keepMemoryPrivate() {
	if (process.platform !== "linux" || nativePlatform(process.platform, process.arch) === null) return false;
	try {
		return (await import("koffi")).load(null).func("int prctl(int, ulong, ulong, ulong, ulong)")(PR_SET_DUMPABLE, 0n, 0n, 0n, 0n) === 0;
	} catch {
		return false;
	}
}
export { nativePlatform as n, keepMemoryPrivate as t };

//# sourceMappingURL=private-memory-DwNDN8Ch.js.map