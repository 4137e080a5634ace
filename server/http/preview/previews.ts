// Recorded responses shown by a browser, without running anything twice. Two steps: a single-use address that nobody
// can guess answers 303 to the true target and arms the recorded bytes; the navigation that follows gets them. Links,
// forms and sub-resources of the page are real requests. Threats: another page or program that gets recorded bytes, or
// that makes them appear elsewhere. Controls: 128 bits of address, one use, seconds of life, only for a navigation of
// the same browser to the same host.
import { randomBytes } from "node:crypto";
import { toDisplayText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import type { OpenedPreview } from "../../contract/preview-contract.js";
import { redirectOf } from "../../protocol/preview-eligibility.js";
import type { RequestHead } from "../../protocol/request.js";
import { addressOf } from "../../protocol/script-address.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { Incoming } from "../front/incoming.js";
import { type CookiePlan, PreviewCookies, setCookies } from "./preview-cookies.js";
import { answerOwn, answerRecorded } from "./recorded-answer.js";

/** The listener's own: names that begin with a dot never are scripts. */
const prefix = "/.cgi-workbench/preview/";
const lifeMs = 10_000;
const maxHops = 20;
const maxRemembered = 1000;

/** One recorded response and the address it answers. */
interface PreviewHop {
  readonly trace: TraceRecord;
  readonly path: string;
}
interface Opened {
  readonly steps: readonly PreviewHop[];
  readonly origin: string;
  readonly relaxed: boolean;
  readonly cookies: CookiePlan;
  /** performance.now() */
  readonly until: number;
}
/** Who navigates: the same browser, in the same kind of place, at the same name of this host. */
interface Visitor {
  readonly host: string;
  readonly destination: string;
  readonly agent: string;
}
interface Armed {
  readonly step: PreviewHop;
  readonly opened: Opened;
  readonly visitor: Visitor;
  readonly until: number;
}
interface Expected {
  readonly parentId: string;
  readonly path: string;
  readonly visitor: Visitor;
  readonly until: number;
}

export class Previews {
  readonly #traces: { get(id: string): TraceRecord | null };
  readonly #cookies = new PreviewCookies();
  readonly #opened = new Map<string, Opened>();
  /** In the order in which redirects will ask for them. */
  #armed: readonly Armed[] = [];
  #expected: Expected | null = null;
  /** By the trace of a redirect: the trace of what was asked for then. */
  readonly #followers = new Map<string, string>();
  /** User-Agent of the browser that shows previews; its cookies are the ones that count. */
  #agent: string | null = null;

  constructor(traces: { get(id: string): TraceRecord | null }) {
    this.#traces = traces;
  }

  /** `origin`: where a browser reaches the scripts. @throws ProblemError when there is nothing to show */
  open({ id, relaxed }: { readonly id: string; readonly relaxed: boolean }, origin: string): OpenedPreview {
    const trace = this.#traces.get(id);
    if (!trace)
      throw new ProblemError("not-found", "This trace is no longer kept.", "Send its request again.", {
        data: { trace: id },
      });
    const steps = this.#stepsFrom(trace, origin);
    const last = steps.at(-1);
    if (!last)
      throw new ProblemError("nothing-to-show", "This response has no page address.", "Open its source instead.");
    const now = performance.now();
    for (const [nonce, { until }] of this.#opened) if (until < now) this.#opened.delete(nonce);
    const cookies = this.#cookies.plan(
      this.#before(trace),
      steps.map((step) => step.trace),
    );
    const nonce = randomBytes(16).toString("base64url");
    this.#opened.set(nonce, { steps, origin, relaxed, cookies, until: now + lifeMs });
    return {
      url: `${origin}${prefix}${nonce}`,
      hops: steps.slice(1).map((step) => ({ id: step.trace.id, seq: step.trace.seq })),
      asksFor: goesOnTo(last, origin)?.href.slice(origin.length) ?? null,
      cookiesSet: [...cookies.given.keys()],
      cookiesKept: [...cookies.kept].map(([name, seq]) => ({ name, seq })),
    };
  }

  /** Answers what belongs to a preview. False: it is a request like any other. */
  answer(incoming: Incoming): boolean {
    const { request } = incoming;
    const { target } = request;
    if (target.startsWith(prefix)) {
      this.#begin(incoming, target.slice(prefix.length));
      return true;
    }
    const visitor = this.#armed.length > 0 ? visitorOf(request) : null;
    if (!visitor) return false;
    const now = performance.now();
    this.#armed = this.#armed.filter(({ until }) => until > now);
    const found = this.#armed.find((armed) => armed.step.path === target && isSame(armed.visitor, visitor));
    const response = found?.step.trace.response;
    if (!found || !response) return false;
    this.#armed = this.#armed.filter((armed) => armed !== found);
    const { step, opened } = found;
    const next = opened.steps.at(-1) === step ? goesOnTo(step, opened.origin) : null;
    if (next) this.#expected = { parentId: step.trace.id, path: pathOf(next), visitor, until: now + lifeMs };
    answerRecorded(incoming, response, { relaxed: opened.relaxed, withoutCookies: opened.cookies.kept });
    return true;
  }

  /** The redirect that a real request comes from, when a preview has just shown that one. */
  parentOf(request: RequestHead): TraceRecord["parent"] {
    const expected = this.#expected;
    if (!expected || expected.path !== request.target || expected.until < performance.now()) return null;
    const visitor = visitorOf(request);
    if (!visitor || !isSame(expected.visitor, visitor)) return null;
    this.#expected = null;
    return { id: expected.parentId, kind: "follow" };
  }

  /** A trace has ended: previews need its place in a chain of redirects, and what it did to their browser's cookies. */
  noteEnded({ id, seq, parent, client, request, response }: TraceRecord): void {
    if (parent?.kind === "follow") {
      this.#followers.set(parent.id, id);
      for (const oldest of this.#followers.keys()) {
        if (this.#followers.size <= maxRemembered) break;
        this.#followers.delete(oldest);
      }
    }
    if (client.from !== "browser" || this.#agent === null || !response) return;
    const agent = request.headers.find(([name]) => name.toLowerCase() === "user-agent")?.[1];
    if (agent === this.#agent) this.#cookies.note(new Map(setCookies(response.headers).map(([name]) => [name, seq])));
  }

  #begin(incoming: Incoming, nonce: string): void {
    const visitor = visitorOf(incoming.request);
    const opened = this.#opened.get(nonce);
    this.#opened.delete(nonce);
    const [first] = opened?.steps ?? [];
    const now = performance.now();
    if (!opened || !first || !visitor || opened.until < now || `http://${visitor.host}` !== opened.origin) {
      const words = "This preview was already shown, or has expired. Show it again from its trace.\n";
      answerOwn(incoming, 410, [["Content-Type", "text/plain; charset=utf-8"], noStore], words);
      return;
    }
    // What an earlier preview of this browser left would answer in the place of this one.
    const others = this.#armed.filter((armed) => !isSame(armed.visitor, visitor));
    this.#armed = [...others, ...opened.steps.map((step) => ({ step, opened, visitor, until: now + lifeMs }))];
    this.#agent = visitor.agent;
    this.#cookies.note(opened.cookies.given);
    answerOwn(incoming, 303, [
      ["Location", `${opened.origin}${first.path}`],
      // Otherwise a cacheable response of an earlier preview is shown in the place of this one.
      ["Clear-Site-Data", '"cache"'],
      noStore,
      ["Referrer-Policy", "no-referrer"],
      ...opened.cookies.brought.map((line) => ["Set-Cookie", line] as const),
    ]);
  }

  /** The recorded response, and those its redirects led to, as far as they were recorded. */
  #stepsFrom(trace: TraceRecord, origin: string): PreviewHop[] {
    const steps: PreviewHop[] = [];
    for (let next: TraceRecord | null = trace; next?.response && next.outcome !== null && steps.length < maxHops; ) {
      const address = addressOf(next.request.target, origin);
      if (!address) break;
      const step: PreviewHop = { trace: next, path: pathOf(address) };
      steps.push(step);
      next = this.#followerOf(step, origin);
    }
    return steps;
  }

  /** What a recorded redirect led to; null without a redirect, or before it is followed. */
  #followerOf(step: PreviewHop, origin: string): TraceRecord | null {
    const to = goesOnTo(step, origin);
    const id = this.#followers.get(step.trace.id);
    const follower = to && id !== undefined ? this.#traces.get(id) : null;
    const address = follower && addressOf(follower.request.target, origin);
    return to && address && pathOf(address) === pathOf(to) ? follower : null;
  }

  /** The redirects that led to a trace, oldest first. */
  #before(trace: TraceRecord): TraceRecord[] {
    const found: TraceRecord[] = [];
    for (let at = trace; at.parent?.kind === "follow" && found.length < maxHops; ) {
      const parent = this.#traces.get(at.parent.id);
      if (!parent) break;
      found.unshift(parent);
      at = parent;
    }
    return found;
  }
}

const noStore = ["Cache-Control", "no-store"] as const;

/** As a browser asks for it: without a fragment. */
const pathOf = ({ pathname, search }: URL): string => pathname + search;

function goesOnTo({ trace, path }: PreviewHop, origin: string): URL | null {
  if (!trace.response) return null;
  // browsers read a Location as UTF-8
  const headers = trace.response.headers.map(([name, value]) => [name, toDisplayText(value)] as const);
  const next = redirectOf({ status: trace.response.status, headers, url: `${origin}${path}` });
  return next === null ? null : new URL(next);
}

/**
 * Who navigates to a page; null for anything else: a sub-resource, a fetch, a program. Browsers say it in Sec-Fetch fields, which no
 * page can forge.
 */
function visitorOf({ method, headers }: Pick<RequestHead, "method" | "headers">): Visitor | null {
  const said = (wanted: string) => headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? "";
  const destination = said("sec-fetch-dest");
  if (method !== "GET" || said("sec-fetch-mode") !== "navigate") return null;
  return /^(document|iframe)$/.test(destination)
    ? { host: said("host"), destination, agent: said("user-agent") }
    : null;
}

const isSame = (a: Visitor, b: Visitor): boolean =>
  a.host === b.host && a.destination === b.destination && a.agent === b.agent;
