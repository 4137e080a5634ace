// A TCP socket that has its port before it connects: a server can be told to accept no other client, and while the
// socket is open no other process can have the port.
import { Socket } from "node:net";
import { nativePlatform } from "../../../spawn/native/platform.js";

const internet = 2;
const stream = 1;
const addressBytes = 16;
/** On Linux: programs that are started do not inherit it. macOS has no such flag, and Node closes it for them. */
const closeOnExec = process.platform === "linux" ? 0o2000000 : 0;

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
  if (platform === null) return null;
  const koffi = await import("koffi").catch(() => null); // an optional dependency
  if (koffi === null) return null;
  const library = koffi.load(null);
  const newSocket: (family: number, type: number, protocol: number) => number =
    library.func("int socket(int, int, int)");
  const bind: (descriptor: number, address: Uint8Array, bytes: number) => number = library.func(
    "int bind(int, void *, uint32)",
  );
  const descriptor = newSocket(internet, stream | closeOnExec, 0);
  if (descriptor < 0) return null;
  const options = { fd: descriptor, pauseOnCreate: true }; // else it would be read before it is connected
  const socket = new Socket(options);
  const port = bind(descriptor, loopback(platform.addressHasLength), addressBytes) === 0 ? socket.localPort : undefined;
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

/** A `sockaddr_in` of 127.0.0.1 with any free port. */
function loopback(hasLength: boolean): Uint8Array {
  const address = new Uint8Array(addressBytes);
  if (hasLength) address.set([addressBytes, internet]);
  else new Uint16Array(address.buffer)[0] = internet;
  address.set([127, 0, 0, 1], 4);
  return address;
}
