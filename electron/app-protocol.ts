// app://workbench/: the window's files, read out of the build's folder, GET and HEAD only. A scheme of its own,
// because file:// has no origin worth the name.
import type { CustomScheme } from "electron";
import { readBundleFile, securityHeaders } from "../server/window/bundle-file.js";
import { appOrigin, isOn } from "./origin.js";

/** To be registered before the app is ready. Neither CSP nor CORS is bypassed. */
export const appScheme: CustomScheme = {
  scheme: "app",
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Answers requests for app:// with the files below `root`. */
export function appProtocol(root: string): (request: Request) => Promise<Response> {
  const refuse = (status: number): Response => new Response(null, { status, headers: securityHeaders });
  return async ({ url, method }) => {
    if (!isOn(appOrigin, url)) return refuse(404);
    if (method !== "GET" && method !== "HEAD") return refuse(405);
    const file = await readBundleFile(root, new URL(url).pathname);
    if (!file) return refuse(404);
    return new Response(method === "HEAD" ? null : file.bytes, { headers: file.headers });
  };
}
