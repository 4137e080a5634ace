import { open } from "node:fs/promises";
import { constants } from "node:fs";
// server/base/disk.ts
/** A path of bytes as `node:fs` accepts it. */
function diskPath(path) {
	return /[\x80-\xff]/.test(path) ? Buffer.from(path, "latin1") : path;
}
/** The code of a system error, such as "ENOENT"; "" for any other error. */
function errorCode(error) {
	return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
/** The path leads to a folder, a pipe, a socket or a device. */
var NotRegularFile = class extends Error {
	code = "NOT_REGULAR";
};
/**
* The bytes of a regular file of at most `maxBytes`. Never waits for a pipe's writer.
* @throws NotRegularFile, or the system's error
*/
async function readBounded(path, maxBytes) {
	const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		const stats = await file.stat();
		if (!stats.isFile()) throw new NotRegularFile(`${path} is not a regular file`);
		if (stats.size > maxBytes) return {
			kind: "too-large",
			sizeBytes: stats.size,
			mode: stats.mode
		};
		const parts = [];
		let size = 0;
		while (size <= maxBytes) {
			const part = Buffer.allocUnsafe(Math.min(Math.max(stats.size - size + 1, 4096), maxBytes + 1 - size));
			const { bytesRead } = await file.read(part, 0, part.length, null);
			if (bytesRead === 0) return {
				kind: "read",
				bytes: Buffer.concat(parts, size),
				mode: stats.mode
			};
			parts.push(part.subarray(0, bytesRead));
			size += bytesRead;
		}
		return {
			kind: "too-large",
			sizeBytes: size,
			mode: stats.mode
		};
	} finally {
		await file.close();
	}
}
/**
* Bytes of a regular file from an offset, fewer where it ends. Never waits for a pipe's writer.
* @throws NotRegularFile, or the system's error
*/
async function readRange(path, from, length) {
	const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
	try {
		if (!(await file.stat()).isFile()) throw new NotRegularFile(`${path} is not a regular file`);
		const bytes = Buffer.allocUnsafe(length);
		let size = 0;
		while (size < length) {
			const { bytesRead } = await file.read(bytes, size, length - size, from + size);
			if (bytesRead === 0) break;
			size += bytesRead;
		}
		return bytes.subarray(0, size);
	} finally {
		await file.close();
	}
}
export { readRange as a, readBounded as i, diskPath as n, errorCode as r, NotRegularFile as t };

//# sourceMappingURL=disk-DCvxDZJ3.js.map