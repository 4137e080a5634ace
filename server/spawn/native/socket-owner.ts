// Which user's process owns the other end of a loopback connection. Linux answers that by sock_diag(7), for one socket
// and without a copy of the whole table (/proc/net/tcp grows with every connection).
import { isIPv6 } from "node:net";
import { type Libc, loadLibc } from "./libc.js";
import { nativePlatform } from "./platform.js";

export interface SocketEnds {
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly localAddress: string;
  readonly localPort: number;
}

export interface SocketOwners {
  /** The user of the connection's other end; "gone" if no process owns it any more; null if the system does not say. */
  ownerOf(ends: SocketEnds): number | "gone" | null;
  close(): void;
}

const AF_INET = 2;
const AF_INET6 = 10;
const IPPROTO_TCP = 6;
const SOCK_DIAG_BY_FAMILY = 20;
const NLMSG_ERROR = 2;
const NLM_F_REQUEST = 1;
const ENOENT = 2;
const headerBytes = 16;
/** struct nlmsghdr, then struct inet_diag_req_v2. */
const requestBytes = headerBytes + 56;
/** In struct inet_diag_msg: four bytes, the socket's addresses (48 bytes), three numbers, the user, the inode. */
const userAt = headerBytes + 4 + 48 + 12;
const inodeAt = userAt + 4;
/** Replies to earlier requests that are skipped. */
const maxStale = 4;

/** Null if the system has no such call: not Linux, or without koffi. */
export async function socketOwners(): Promise<SocketOwners | null> {
  const platform = process.platform === "linux" ? nativePlatform(process.platform, process.arch) : null;
  if (!platform) return null;
  const libc = await loadLibc(platform).catch(() => null); // the portable start works without koffi too
  const descriptor = libc?.sockDiagSocket() ?? -1;
  if (!libc || descriptor < 0) return null;
  libc.setNonBlocking(descriptor);
  let isOpen = true;
  let sequence = 0;
  const reply = Buffer.allocUnsafeSlow(4096);
  return {
    ownerOf: (ends) => (isOpen ? ask(libc, descriptor, ends, ++sequence & 0x7fffffff, reply) : null),
    close: () => {
      if (isOpen) libc.close(descriptor);
      isOpen = false;
    },
  };
}

/** The kernel replies before `write` returns. */
function ask(libc: Libc, descriptor: number, ends: SocketEnds, sequence: number, reply: Buffer) {
  const request = requestFor(ends, sequence);
  if (libc.write(descriptor, request, request.length) !== request.length) return null;
  for (let read = 0; read <= maxStale; read++) {
    const length = libc.read(descriptor, reply, reply.length);
    if (length < headerBytes + 4) return null;
    if (reply.readUInt32LE(8) !== sequence) continue;
    const type = reply.readUInt16LE(4);
    if (type === NLMSG_ERROR) return reply.readInt32LE(headerBytes) === -ENOENT ? "gone" : null;
    if (type !== SOCK_DIAG_BY_FAMILY || length < inodeAt + 4) return null;
    return reply.readUInt32LE(inodeAt) === 0 ? "gone" : reply.readUInt32LE(userAt);
  }
  return null;
}

/** The client's socket: its own end is our remote one. Every platform with a native start is little-endian. */
function requestFor({ remoteAddress, remotePort, localAddress, localPort }: SocketEnds, sequence: number): Buffer {
  const request = Buffer.alloc(requestBytes);
  request.writeUInt32LE(requestBytes, 0);
  request.writeUInt16LE(SOCK_DIAG_BY_FAMILY, 4);
  request.writeUInt16LE(NLM_F_REQUEST, 6);
  request.writeUInt32LE(sequence, 8);
  request[16] = isIPv6(remoteAddress) ? AF_INET6 : AF_INET;
  request[17] = IPPROTO_TCP;
  request.fill(0xff, 20, 24); // in every state
  request.writeUInt16BE(remotePort, 24);
  request.writeUInt16BE(localPort, 26);
  writeAddress(request, 28, remoteAddress);
  writeAddress(request, 44, localAddress);
  request.fill(0xff, 64, 72); // any cookie
  return request;
}

/** Loopback addresses alone: 127.x.y.z, or ::1. */
function writeAddress(request: Buffer, at: number, address: string): void {
  if (isIPv6(address)) request[at + 15] = 1;
  else for (const [place, part] of address.split(".").entries()) request[at + place] = Number(part);
}
