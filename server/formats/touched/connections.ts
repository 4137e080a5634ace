// The connections and DNS lookups of a run: how long each took to be answered, also where the script did not wait in
// the call itself.
import { addressIn, answerIn, askedName } from "./network.js";
import type { Seen } from "./seen.js";
import { descriptorName, type SystemCall, stringsIn } from "./strace-line.js";

interface Connection {
  readonly seen: Seen;
  /** Since when it has not been answered, Unix time in ms; null: it was. */
  pendingSince: number | null;
}

interface Lookup {
  readonly server: string;
  readonly since: number;
  seen: Seen | null;
}

const waits = /^(?:p?poll|p?select6?|epoll_p?wait2?)$/;
const sends = /^send(?:to|m?msg)$/;
const receives = /^recv(?:from|m?msg)$/;
/** No answer was seen on this connection. */
const unanswered = "ETIMEDOUT";

export class Connections {
  readonly #add: (call: SystemCall, did: Seen["did"], name: string) => Seen;
  readonly #datagrams = new Set<string>();
  readonly #open = new Map<string, Connection>();
  readonly #lookups = new Map<string, Lookup>();
  /** By the name that was asked for. */
  readonly #names = new Map<string, Seen>();

  constructor(add: (call: SystemCall, did: Seen["did"], name: string) => Seen) {
    this.#add = add;
  }

  /** True: the call was about a socket. */
  take(call: SystemCall): boolean {
    const { name, args, opened } = call;
    if (name === "socket") {
      if (opened !== null && args[1]?.includes("SOCK_DGRAM") === true) this.#datagrams.add(opened);
      else if (opened !== null) this.#datagrams.delete(opened);
    } else if (name === "connect") this.#connect(call);
    else if (name === "getsockopt") this.#asked(call);
    else if (waits.test(name)) this.#waited(call);
    else if (sends.test(name) || receives.test(name)) this.#moved(call);
    else return false;
    return true;
  }

  /** The run ends at `at`, Unix time in ms. */
  end(at: number): void {
    for (const { seen, pendingSince } of this.#open.values())
      if (pendingSince !== null) seen.ms = Math.max(seen.ms, at - pendingSince);
  }

  #connect(call: SystemCall): void {
    const address = addressIn(call.args[1] ?? "");
    const socket = descriptorName(call.args[0] ?? "") ?? `${call.pid}`;
    if (address === null) return;
    if (address.isDns) {
      const lookup: Lookup = { server: address.name, since: call.at, seen: null };
      this.#lookups.set(socket, lookup);
      if (call.errno !== null && call.errno !== "EINPROGRESS")
        this.#name(lookup, call, address.name).errno = call.errno;
      return;
    }
    // A library connects a socket without sending anything, to learn which of several addresses it would use.
    if (this.#datagrams.has(socket)) return;
    const known = this.#open.get(socket);
    if (known?.pendingSince != null && known.seen.name === address.name) {
      if (call.errno !== "EALREADY") this.#answered(known, call, call.errno === "EISCONN" ? null : call.errno);
      return;
    }
    const seen = this.#add(call, "connected", address.name);
    const isPending = call.errno === "EINPROGRESS" || call.result === null;
    if (isPending) seen.errno = unanswered;
    this.#open.set(socket, { seen, pendingSince: isPending ? call.at : null });
  }

  /** SO_ERROR says how a connect has ended that did not wait. */
  #asked({ args, at, ms, errno }: SystemCall): void {
    const one = this.#open.get(descriptorName(args[0] ?? "") ?? "");
    const [, code] = /^\[(\w+)\]$/.exec(args[3] ?? "") ?? [];
    if (!one || one.pendingSince === null || args[2] !== "SO_ERROR" || errno !== null || code === undefined) return;
    this.#answered(one, { at, ms }, code === "0" ? null : code);
  }

  #waited({ args, at, ms, result }: SystemCall): void {
    for (const [socket] of args.join().matchAll(/socket:\[\d+\]/g)) {
      const one = this.#open.get(socket);
      if (one?.pendingSince != null) {
        one.seen.ms = at + ms - one.pendingSince;
        one.seen.errno = (result ?? 0) > 0 ? null : unanswered;
      } else if (one) one.seen.waitedMs = (one.seen.waitedMs ?? 0) + ms;
      this.#looked(socket, at + ms);
    }
  }

  #moved(call: SystemCall): void {
    const { name, args, at, ms, errno } = call;
    const socket = descriptorName(args[0] ?? "") ?? "";
    const one = this.#open.get(socket);
    if (one && receives.test(name)) one.seen.waitedMs = (one.seen.waitedMs ?? 0) + ms;
    const lookup = this.#lookups.get(socket);
    if (!lookup) return;
    for (const bytes of args.slice(1).flatMap(stringsIn)) {
      const asked = askedName(bytes);
      if (sends.test(name)) {
        if (asked !== null) this.#name(lookup, call, asked);
        continue;
      }
      const answer = answerIn(bytes);
      const seen = (asked === null ? undefined : this.#names.get(asked)) ?? lookup.seen;
      if (answer !== undefined && seen && errno === null) seen.errno = answer;
    }
    if (receives.test(name) && errno !== null && errno !== "EAGAIN" && lookup.seen) lookup.seen.errno = errno;
    this.#looked(socket, at + ms);
  }

  #name(lookup: Lookup, call: SystemCall, name: string): Seen {
    const known = this.#names.get(name);
    const seen = known ?? this.#add({ ...call, at: lookup.since, errno: unanswered }, "resolved", name);
    this.#names.set(name, seen);
    lookup.seen = seen;
    return seen;
  }

  #looked(socket: string, until: number): void {
    const seen = this.#lookups.get(socket)?.seen;
    if (seen) seen.ms = Math.max(seen.ms, until - seen.at);
  }

  #answered(one: Connection, { at, ms }: Pick<SystemCall, "at" | "ms">, errno: string | null): void {
    one.seen.ms = Math.max(one.seen.ms, at + ms - (one.pendingSince ?? at));
    one.seen.errno = errno;
    one.pendingSince = null;
  }
}

export const isAddress = ({ did }: Pick<Seen, "did">): boolean => did === "connected" || did === "resolved";
