import { a as lookup } from "./script-address-DB2Oo9fW.js";
import { join, sep } from "node:path";
import { readFile, realpath } from "node:fs/promises";
// server/window/csp.ts
/**
* The header's value. `dev` only for Vite's development server, whose page carries an inline script (React refresh).
* `frames`: browser mode shows previews in a frame of the script origin, whose port changes while the page lives; the desktop app
* has a view of its own for that. What must not be framed, the window's own origin above all, says so itself (frame-ancestors).
* `style-src` needs 'unsafe-inline' because Monaco writes style elements; without it the editor never appears.
*/
function contentSecurityPolicy({ dev = false, frames = false } = {}) {
	return [
		"default-src 'none'",
		`script-src 'self'${dev ? " 'unsafe-inline'" : ""}`,
		"style-src 'self' 'unsafe-inline'",
		"font-src 'self'",
		"img-src 'self' data:",
		"worker-src 'self'",
		"connect-src 'self'",
		`frame-src ${frames ? "http://127.0.0.1:* http://localhost:*" : "'none'"}`,
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'"
	].join("; ");
}
// server/window/bundle-file.ts
/** What every answer carries, also one without a file. */
var securityHeaders = {
	"content-security-policy": contentSecurityPolicy(),
	"cross-origin-opener-policy": "same-origin",
	"cross-origin-resource-policy": "same-origin",
	"referrer-policy": "no-referrer",
	"x-content-type-options": "nosniff"
};
/** The file's path below the folder, `/`-separated, for a URL's still encoded path; null when it is not a plain one. */
function bundlePath(pathname) {
	let decoded;
	try {
		decoded = decodeURIComponent(pathname);
	} catch {
		return null;
	}
	if (decoded === "/") return "index.html";
	if (!decoded.startsWith("/")) return null;
	const segments = decoded.slice(1).split("/");
	return segments.every((segment) => segment !== "" && segment !== "." && segment !== ".." && !/[\0\\:]/.test(segment)) ? segments.join("/") : null;
}
/**
* The same in browser mode. Origin-Agent-Cluster asks for a process apart from other ports of this host: a previewed page that never
* stops computing must not stop the window.
*/
var browserSecurityHeaders = {
	...securityHeaders,
	"content-security-policy": contentSecurityPolicy({ frames: true }),
	"origin-agent-cluster": "?1"
};
/** Reads the file that a URL's path names; null when there is none inside `root`. */
async function readBundleFile(root, pathname, security = securityHeaders) {
	const path = bundlePath(pathname);
	if (path === null) return null;
	try {
		const file = await realpath(join(root, path));
		if (!file.startsWith(await realpath(root) + sep)) return null;
		return {
			bytes: new Uint8Array(await readFile(file)),
			headers: {
				...security,
				"content-type": contentType(path),
				"cache-control": cacheControl(path)
			}
		};
	} catch (error) {
		if (isAbsent(error)) return null;
		throw error;
	}
}
var contentType = (path) => {
	const type = lookup(path) ?? "application/octet-stream";
	return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
};
var cacheControl = (path) => path.startsWith("assets/") ? "max-age=31536000, immutable" : "no-store";
var absent = /* @__PURE__ */ new Set([
	"ENOENT",
	"ENOTDIR",
	"EISDIR",
	"ELOOP",
	"ENAMETOOLONG",
	"EACCES"
]);
var isAbsent = (error) => error instanceof Error && "code" in error && typeof error.code === "string" && absent.has(error.code);
export { readBundleFile as n, securityHeaders as r, browserSecurityHeaders as t };

//# sourceMappingURL=bundle-file-DdMyN2cD.js.map