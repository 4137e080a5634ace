// From what was collected of a run to the part of its trace.
import type { ByteString, BytesText } from "../../contract/bytes-text.js";
import type { Message } from "../../contract/message.js";
import { maxTouched, type Touch, type Touched } from "../../contract/touched.js";
import { byteString } from "../../protocol/byte-string.js";
import { isAddress } from "./connections.js";
import { markOwn, sameAs } from "./fold.js";
import type { Seen } from "./seen.js";
import type { TouchedReader } from "./touched-reader.js";

interface Run {
  /** The path of the script. */
  readonly script: ByteString;
  /** Unix time of the request's first byte, ms. */
  readonly startedAt: number;
  readonly why: Message | null;
  readonly textOf: (bytes: ByteString) => BytesText;
}

interface Joined {
  readonly seen: Seen;
  readonly folders: Set<string>;
  times: number;
  ms: number;
}

export function touchedOf(reader: Pick<TouchedReader, "seen" | "rootPid">, run: Run): Touched {
  const { seen, rootPid } = reader;
  markOwn(seen, run.script, rootPid);
  const joined = new Map<string, Joined>();
  for (const one of seen.toSorted((a, b) => a.at - b.at)) {
    const key = sameAs(one);
    const known = joined.get(key);
    const folder = one.name.slice(0, one.name.lastIndexOf("/"));
    if (known) {
      known.times++;
      known.ms += one.ms;
      known.folders.add(folder);
    } else joined.set(key, { seen: one, folders: new Set([folder]), times: 1, ms: one.ms });
  }
  const all = [...joined.values()];
  const kept = all.filter((one) => !one.seen.isOwn).slice(0, maxTouched);
  const own = all.filter((one) => one.seen.isOwn).slice(0, maxTouched - kept.length);
  const shown = new Set([...kept, ...own]);
  return {
    why: run.why,
    touches: all.filter((one) => shown.has(one)).map((one) => touchOf(one, run)),
    omitted: all.length - shown.size,
    connectMs: microseconds(seen.reduce((sum, one) => sum + (isAddress(one) && !one.isOwn ? one.ms : 0), 0)),
  };
}

function touchOf({ seen, folders, times, ms }: Joined, { startedAt, textOf }: Run): Touch {
  const { at, did, name, errno, args, exitCode, signal, waitedMs, isOwn } = seen;
  const given = folders.size > 1 ? sharedEnd([...folders], name) : seen.given;
  return {
    at: microseconds(Math.max(0, at - startedAt)),
    ms: microseconds(ms),
    did,
    name: textOf(name),
    errno,
    ...(given !== null && { given: textOf(given) }),
    ...(folders.size > 1 ? { places: folders.size } : times > 1 && { times }),
    ...(args && { args: args.map(textOf) }),
    ...(exitCode !== null && { exitCode }),
    ...(signal !== null && { signal }),
    ...(waitedMs !== null && { waitedMs: microseconds(waitedMs) }),
    ...(isOwn && { own: true as const }),
  };
}

/** `Some/Module.pm`, where that was sought in several folders. Those of programs and of `.so` share their own ends. */
function sharedEnd([first = "", ...others]: readonly string[], name: ByteString): ByteString | null {
  const names = first.split("/");
  const at = names.findIndex((_, from) => others.every((other) => other.endsWith(`/${names.slice(from).join("/")}`)));
  if (at < 1 || !/\.(?:pm|rb)$/.test(name)) return null;
  return byteString(`${names.slice(at).join("/")}${name.slice(name.lastIndexOf("/"))}`);
}

const microseconds = (ms: number): number => Math.round(ms * 1000) / 1000;
