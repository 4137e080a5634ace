// A raw path taken apart: decoded once, then split, then without empty, "." and ".." segments, in this order, so that
// no spelling of ".." or "/" survives (RFC 3986 §5.2.4; RFC 3875 §8.1 asks a server to define this, §9.8 to do it
// before anything else). Each segment knows where in the raw path it ended; the window colours a request by that.
import type { ByteString } from "../contract/bytes-text.js";
import { byteString } from "./byte-string.js";
import { percentByteAt } from "./percent.js";

interface PathSegment {
  /** Decoded, without slashes; never "", "." or "..". */
  readonly text: string;
  /** Where it ends in the raw path. */
  readonly rawEnd: number;
}
interface NormalPath {
  /** "/" and the segments joined with "/"; ends with "/" when the raw path named a folder. */
  readonly path: ByteString;
  readonly segments: readonly PathSegment[];
}

/** A ".." at the root stays at the root. A malformed "%" counts as itself. */
export function normalPath(rawPath: ByteString): NormalPath {
  const segments: PathSegment[] = [];
  let folder = true;
  let text = "";
  const close = (rawEnd: number): void => {
    folder = text === "" || text === "." || text === "..";
    if (text === "..") segments.pop();
    else if (!folder) segments.push({ text, rawEnd });
    text = "";
  };
  for (let at = 0; at < rawPath.length; ) {
    const decoded = percentByteAt(rawPath, at);
    const byte = decoded < 0 ? rawPath.charCodeAt(at) : decoded;
    const next = at + (decoded < 0 ? 1 : 3);
    if (byte === 0x2f) close(at);
    else text += String.fromCharCode(byte);
    at = next;
  }
  close(rawPath.length);
  const joined = segments.map((segment) => segment.text).join("/");
  return { path: byteString(folder && joined !== "" ? `/${joined}/` : `/${joined}`), segments };
}
