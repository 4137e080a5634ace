// What strace shows of sockets: the address of a connect, the host name in a question to a DNS server, its answer.
import type { ByteString } from "../../contract/bytes-text.js";
import { latin1 } from "../../protocol/byte-string.js";
import { stringsIn } from "./strace-line.js";

export interface SocketAddress {
  /** "127.0.0.1:3306", "[::1]:80", the path of a socket. */
  readonly name: ByteString;
  readonly isDns: boolean;
}

/** Null: it is none that a script chooses, as that of a netlink socket. */
export function addressIn(argument: string): SocketAddress | null {
  const [, family] = /sa_family=AF_(\w+)/.exec(argument) ?? [];
  const [, port = ""] = /sin6?_port=htons\((\d+)\)/.exec(argument) ?? [];
  const [text = latin1("")] = stringsIn(argument);
  if (family === "UNIX") return text === "" ? null : { name: latin1(`${isAbstract(argument)}${text}`), isDns: false };
  if (family !== "INET" && family !== "INET6") return null;
  const host = family === "INET6" ? `[${text}]` : text;
  return { name: latin1(`${host}:${port}`), isDns: port === "53" };
}

const isAbstract = (argument: string): string => (/sun_path=@"/.test(argument) ? "@" : "");

/** The name that the bytes ask a DNS server for (RFC 1035 §4.1); null: they are no question. */
export function askedName(bytes: ByteString): ByteString | null {
  const labels: string[] = [];
  for (let at = 12; at < bytes.length; ) {
    const length = bytes.charCodeAt(at);
    if (length === 0) return labels.length === 0 ? null : latin1(labels.join("."));
    if (length > 63 || at + 1 + length > bytes.length) return null;
    labels.push(bytes.slice(at + 1, at + 1 + length));
    at += 1 + length;
  }
  return null;
}

/** RFC 1035 §4.1.1. */
const codes: Readonly<Record<number, string>> = {
  1: "FORMERR",
  2: "SERVFAIL",
  3: "NXDOMAIN",
  4: "NOTIMP",
  5: "REFUSED",
};

/** Null: the name has an address, or there was no error. Undefined: the bytes are no answer. */
export function answerIn(bytes: ByteString): string | null | undefined {
  if (bytes.length < 12 || (bytes.charCodeAt(2) & 0x80) === 0) return undefined;
  return codes[bytes.charCodeAt(3) & 0x0f] ?? null;
}
