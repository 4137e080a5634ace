// A probe: a request written byte by byte that shows how a server and a script take what careless and hostile
// clients send, with what it must lead to.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString } from "../../protocol/byte-string.js";
import type { RequestFaultCode } from "../../protocol/http1/request-fault.js";
import type { GatewayPolicy } from "../../protocol/policy.js";

export const probeGroups = {
  plain: "Ordinary requests",
  encoding: "Encodings",
  slow: "Slow and in pieces",
  many: "Large and many",
  injection: "Injection",
  smuggling: "Request smuggling",
  malformed: "Malformed requests",
  cut: "Cut off",
} as const;
type ProbeGroup = keyof typeof probeGroups;
export const isProbeGroup = (name: string): name is ProbeGroup => Object.hasOwn(probeGroups, name);

/** Where a probe goes. */
export interface ProbeAim {
  /** Path and query of the script, as in a request line. */
  readonly target: ByteString;
  /** For the Host header: "127.0.0.1:8080". */
  readonly host: string;
  /** A posted form, as `a=1&b=2`; "": the request has none. */
  readonly form: ByteString;
}

/** How the bytes go out: in pieces of this many bytes, with a pause of this many ms after each. */
export interface Pacing {
  readonly pieceBytes: number;
  readonly pauseMs: number;
}

/** Settings of the server on which it depends what a probe must lead to. */
export interface ProbeSettings {
  readonly policy: GatewayPolicy;
  /** The largest request body; null: no limit. */
  readonly requestBodyBytes: number | null;
}

/** What a request leads to, or must lead to: the script runs, or the gateway refuses it in the script's place. */
export interface ProbeOutcome {
  readonly isRefused: boolean;
  /** Null: there was no response; of what must be served, any. */
  readonly status: number | null;
  /** The code of its cause. */
  readonly code: string | null;
}

export interface Probe {
  readonly id: string;
  readonly group: ProbeGroup;
  readonly title: string;
  /** What it tries, in a sentence. */
  readonly about: string;
  readonly bytes: (aim: ProbeAim) => ByteString;
  /** Null: all at once. */
  readonly pacing: Pacing | null;
  /** The sending side of the connection is closed after the last byte. */
  readonly halfClose: boolean;
  /** One for each request in the bytes, in their order. After one that is refused, none is read. */
  readonly expected: (settings: ProbeSettings) => readonly ProbeOutcome[];
}

export const served: ProbeOutcome = { isRefused: false, status: null, code: null };
export const refused = (
  status: number,
  code: RequestFaultCode | "head-timeout" | "head-incomplete" | "body-incomplete" | "body-too-large" | HostCode,
): ProbeOutcome => ({ isRefused: true, status, code });
type HostCode = "host-missing" | "host-repeated";

/** What a probe must lead to, in a few words: "served, then refused with 400". */
export const expectedText = (probe: Probe, settings: ProbeSettings): string => outcomeText(probe.expected(settings));

/** In the order of the requests. */
export function outcomeText(outcomes: readonly ProbeOutcome[]): string {
  const texts = outcomes.map(({ isRefused, status, code }) =>
    !isRefused ? "served" : status === null ? "refused without a response" : `refused with ${status} (${code})`,
  );
  const [first = "without a request", ...others] = texts;
  if (others.length === 0) return first;
  return texts.every((text) => text === first) ? `${texts.length} requests, each ${first}` : texts.join(", then ");
}

/** Whether the requests came to what they must. */
export function isAsExpected(expected: readonly ProbeOutcome[], outcomes: readonly ProbeOutcome[]): boolean {
  return (
    expected.length === outcomes.length &&
    expected.every((one, i) => {
      const outcome = outcomes[i];
      if (outcome === undefined) return false;
      if (!one.isRefused) return !outcome.isRefused;
      // A script may respond before it reads its input. The end of the body then breaks off a response that has begun.
      const hasBegun = one.code === "body-incomplete" && outcome.status !== null;
      return outcome.isRefused && outcome.code === one.code && (outcome.status === one.status || hasBegun);
    })
  );
}

/** How a probe's request is written; CR LF ends each line, and `fields` replace none of the usual headers. */
export interface RequestLines {
  readonly method?: string;
  readonly target?: string;
  readonly version?: string;
  /** The value of Host; null: no Host header. */
  readonly host?: string | null;
  /** Whole header lines. */
  readonly fields?: readonly string[];
  /** What follows the blank line. */
  readonly body?: string;
}

/** A request to `aim`, complete and correct except for what `lines` say. */
export function written(aim: ProbeAim, lines: RequestLines = {}): ByteString {
  const { method = "GET", target = aim.target, version = "HTTP/1.1", host = aim.host, fields = [], body = "" } = lines;
  const head = [`${method} ${target} ${version}`, ...(host === null ? [] : [`Host: ${host}`]), ...fields];
  return byteString(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** The same path with this added to its query. */
export const withQuery = ({ target }: ProbeAim, query: string): string =>
  `${target}${target.includes("?") ? "&" : "?"}${query}`;

/** A POST whose Content-Length is that of `body` (one character, one byte). */
export const posted = (aim: ProbeAim, type: string, body: string, fields: readonly string[] = []): ByteString =>
  written(aim, {
    method: "POST",
    fields: [`Content-Type: ${type}`, `Content-Length: ${body.length}`, ...fields],
    body,
  });

type ProbeParts = Pick<Probe, "title" | "about" | "bytes"> & Partial<Pick<Probe, "expected" | "pacing" | "halfClose">>;

/**
 * A group's probes by their ids. By default, the bytes of a probe go out at once, the sending side is closed after
 * them, and the one request in them is served.
 */
export const groupOf = (group: ProbeGroup, probes: Readonly<Record<string, ProbeParts>>): readonly Probe[] =>
  Object.entries(probes).map(([id, parts]) => ({
    pacing: null,
    halfClose: true,
    expected: () => [served],
    ...parts,
    id,
    group,
  }));
