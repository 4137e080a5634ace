// The fix of a page's links that lead nowhere: to the nearest path of the folder.
import { posix } from "node:path";
import { toDisplayText } from "../../base/decode-text.js";
import { byteString, utf8 } from "../../protocol/byte-string.js";
import { filesIn, nearestPath, pageLinks, urlPath } from "../base/nearest-path.js";
import type { Fix } from "./fix.js";

export const correctLinks: Fix = {
  id: "correct-links",
  title: "Correct the links that lead nowhere",
  change: ({ path, text, root }) => {
    if (root === undefined) return null;
    const files = [...filesIn(root)];
    const paths = files.map(urlPath);
    const page = new URL(urlPath(path), "http://localhost");
    /** Relative where the link is. */
    const meant = (link: string): string | null => {
      if (/[$%{}@]/.test(link) || !URL.canParse(link, page)) return null; // put together by a program, or encoded
      const { origin, pathname, search, hash } = new URL(link, page);
      const isThere = paths.some((one) => `${pathname}/`.startsWith(`${one}/`)) || pathname.endsWith("/");
      const nearest = origin !== page.origin || isThere ? null : nearestPath(files, pathname);
      if (nearest === null) return null;
      const target = urlPath(nearest.slice(1));
      return (link.startsWith("/") ? target : posix.relative(posix.dirname(page.pathname), target)) + search + hash;
    };
    const fixed = text.replace(pageLinks, (whole: string, before: string, link: string) => {
      const target = meant(toDisplayText(byteString(link)));
      return target === null ? whole : before + utf8(target);
    });
    return fixed === text ? null : { text: byteString(fixed) };
  },
};
