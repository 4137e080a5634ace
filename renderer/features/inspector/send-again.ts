// A recorded request as one to compose: what can be sent again byte for byte, and why it sometimes cannot.
import type { ComposedRequest } from "../../../server/contract/rpc.js";
import type { TraceView } from "../../../server/contract/trace.js";

/** Headers the sender writes itself: they describe the connection and the body it is going to send. */
const own = new Set(["host", "connection", "content-length", "transfer-encoding", "expect", "keep-alive", "te", "trailer", "upgrade"]);

export type Resendable =
  | { readonly ok: true; readonly request: Omit<ComposedRequest, "body">; readonly bodyBytes: number }
  | { readonly ok: false; readonly why: string };

export function resendable(trace: Pick<TraceView, "request">): Resendable {
  const { method, target, headers, body } = trace.request;
  if (typeof method !== "string" || typeof target !== "string") return { ok: false, why: "Its request line is not UTF-8 and cannot be composed again." };
  if (method === "" || target === "") return { ok: false, why: "Its request line could not be read." };
  if (body.captured < body.bytes) return { ok: false, why: "Only the beginning of its body was kept." };
  const kept: [string, string][] = [];
  for (const [name, value] of headers) {
    if (typeof name !== "string" || typeof value !== "string") return { ok: false, why: "One of its headers is not UTF-8 and cannot be composed again." };
    if (!own.has(name.toLowerCase())) kept.push([name, value]);
  }
  return { ok: true, request: { method, target, headers: kept, mode: null }, bodyBytes: body.bytes };
}

/** Bytes as base64, in slices that no engine's argument limit minds. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}
