// A TCP socket that has its port before it connects: a server can be told to accept no other client, and while the
// socket is open no other process can have the port.
import { Socket } from "node:net";
import { loadLibc, socketAddress } from "../../../spawn/native/libc.js";
import { nativePlatform } from "../../../spawn/native/platform.js";

const AF_INET = 2;
/** What follows the family in the address of 127.0.0.1 with any free port: a struct sockaddr_in. */
const anyOfLoopback = Uint8Array.of(0, 0, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);

export interface SourcePort {
  readonly port: number;
  /** Once. */
  connect(port: number): Socket;
  /** The port is free again; a connection that was made ends. */
  close(): void;
}

/** Null if this system's C library cannot be called. */
export async function bindSourcePort(): Promise<SourcePort | null> {
  const platform = nativePlatform(process.platform, process.arch);
  const libc = platform && (await loadLibc(platform).catch(() => null)); // koffi is an optional dependency
  const descriptor = libc?.streamSocket(AF_INET) ?? -1;
  if (libc === null || descriptor < 0) return null;
  const options = { fd: descriptor, pauseOnCreate: true }; // else it would be read before it is connected
  const socket = new Socket(options);
  const address = socketAddress(libc, AF_INET, anyOfLoopback);
  const port = libc.bind(descriptor, address, address.length) === 0 ? socket.localPort : undefined;
  if (port === undefined) {
    socket.destroy();
    return null;
  }
  return {
    port,
    connect: (to) => socket.connect({ host: "127.0.0.1", port: to }, () => socket.resume()),
    close: () => socket.destroy(),
  };
}
