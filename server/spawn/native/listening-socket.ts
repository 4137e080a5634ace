// A listening UNIX socket for a child's descriptor 0 (FastCGI §2.2), made with socket, bind and listen directly. Node
// does not know it and accepts no connection from it, so it can stay open while the process behind it is replaced.
import { lstatSync, readFileSync, unlinkSync } from "node:fs";
import { errorText } from "../../base/error-text.js";
import { utf8 } from "../../protocol/byte-string.js";
import { startMessage } from "../messages.js";
import { StartError } from "../start.js";
import { errnoName } from "./errno.js";
import { type Libc, loadLibc, socketAddress } from "./libc.js";
import { nativePlatform } from "./platform.js";

/** Connections that may wait for the application. */
const backlog = 128;
const AF_UNIX = 1;

export interface ListeningSocket {
  readonly path: string;
  readonly descriptor: number;
  /** The socket file still exists: without it no client can connect. */
  isReachable(): boolean;
  /** A client is connected and not yet accepted; false if the system does not report that (Linux does). */
  hasUnaccepted(): boolean;
  /** Closes the descriptor and removes the file. Idempotent. */
  close(): void;
}

/** Makes listening sockets. @throws StartError if the system's functions cannot be called */
export async function listeningSockets(): Promise<{ listen(path: string): ListeningSocket }> {
  const platform = nativePlatform(process.platform, process.arch);
  if (!platform)
    throw new StartError(
      "ENOTSUP",
      startMessage("listening-not-supported", { platform: process.platform, architecture: process.arch }),
    );
  let libc: Libc;
  try {
    libc = await loadLibc(platform);
  } catch (error) {
    const systemText = errorText(error);
    throw new StartError("ENOTSUP", startMessage("listening-not-possible", { systemText }), {
      cause: error,
    });
  }
  return { listen: (path) => listenUnix(libc, path) };
}

/** A connection that waits in a listening socket's backlog has its path, the state 02 and no inode yet. */
export function hasUnaccepted(path: string): boolean {
  const own = ` ${utf8(path)}`; // the list shows the path's bytes, spaces included
  try {
    return readFileSync("/proc/net/unix", "latin1")
      .split("\n")
      .some((line) => line.endsWith(own) && / 02 +0$/.test(line.slice(0, -own.length)));
  } catch {
    return false; // not Linux
  }
}

/** `path`: in a private folder, because the umask determines the socket's own mode. @throws StartError */
function listenUnix(libc: Libc, path: string): ListeningSocket {
  const address = addressOf(libc, path);
  const descriptor = libc.streamSocket(AF_UNIX);
  if (descriptor < 0) throw refusedSocket(libc, path);
  if (libc.bind(descriptor, address, address.length) < 0 || libc.listen(descriptor, backlog) < 0) {
    const refusal = refusedSocket(libc, path);
    libc.close(descriptor);
    throw refusal;
  }
  const { ino } = lstatSync(path);
  const isOurs = (): boolean => lstatSync(path, { throwIfNoEntry: false })?.ino === ino;
  let isOpen = true;
  return {
    path,
    descriptor,
    isReachable: isOurs,
    hasUnaccepted: () => hasUnaccepted(path),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      libc.close(descriptor);
      if (isOurs()) unlinkSync(path);
    },
  };
}

/** A struct sockaddr_un. */
function addressOf(libc: Libc, path: string): Buffer {
  const name = Buffer.from(path);
  const most = libc.platform.maxSocketPathBytes;
  if (name.length > most)
    throw new StartError(
      "ENAMETOOLONG",
      startMessage("socket-path-too-long", { path, bytes: name.length, limitBytes: most }),
    );
  return socketAddress(libc, AF_UNIX, Buffer.concat([name, Buffer.alloc(1)]));
}

function refusedSocket(libc: Libc, path: string): StartError {
  const code = errnoName(libc.errno());
  return new StartError(code, startMessage("no-socket", { path, errno: code }));
}
