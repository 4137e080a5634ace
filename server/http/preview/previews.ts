// Recorded responses shown by a browser, without running anything twice. Two steps: a single-use address that nobody
// can guess redirects (303) to the target and arms the recorded bytes; the navigation that follows gets them. Links,
// forms and sub-resources of the page are real requests. Threats: another page or program that gets recorded bytes, or
// that makes them appear elsewhere. Controls: 128 bits of address, one use, seconds of life, only for a navigation of
// the same browser to the same host.
import { randomBytes } from "node:crypto";
import { ProblemError } from "../../base/problem.js";
import type { OpenedPreview, PreviewedForm, PreviewInput } from "../../contract/preview-contract.js";
import { firstValue } from "../../protocol/header-values.js";
import type { RequestHead } from "../../protocol/request.js";
import { addressOf } from "../../protocol/script-address.js";
import type { TraceLog } from "../../trace/trace-log.js";
import type { TraceRecord } from "../../trace/trace-record.js";
import type { Incoming } from "../front/incoming.js";
import { noPreviewMessage } from "./messages.js";
import { type CookiePlan, PreviewCookies, setCookies } from "./preview-cookies.js";
import { PreviewMoves, type PreviewWhereabouts } from "./preview-moves.js";
import { RecordedFiles } from "./recorded-files.js";
import { respondOwn, respondRecorded } from "./recorded-response.js";
import { goesOnTo, isSameClient, type PreviewHop, pathOf } from "./redirect-steps.js";
import { filledWith, sentFrom } from "./sent-from.js";
import { isSame, type Visitor, visitorOf } from "./visitor.js";

/** The listener's own: names that begin with a dot never are scripts. */
const prefix = "/.cgi-workbench/preview/";
const lifeMs = 10_000;
const maxHops = 20;
const maxRemembered = 1000;
/** A client follows a redirect at once, also on a slow machine. */
const followWithinMs = 10_000;
/** Traces that are searched for it. */
const maxBehind = 500;

interface Opened {
  readonly steps: readonly PreviewHop[];
  readonly origin: string;
  readonly relaxed: boolean;
  /** Its files come from their recordings. */
  readonly quiet: boolean;
  /** What is sent in the place of the last step's body. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly cookies: CookiePlan;
  /** performance.now() */
  readonly until: number;
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

/** Which folder's pages the browser showed at an origin. */
interface PreviewedFolder {
  /** Whether the last preview there was of another folder. */
  isOther(origin: string): boolean;
  /** The same of any origin with this one's host. */
  isOtherAtHost(origin: string): boolean;
  shown(origin: string): void;
}

/** The ids of stored traces behind this one, at most so many, the oldest first. */
type StoredBehind = (id: string, most: number) => Promise<readonly string[]>;

export class Previews {
  readonly #previewed: PreviewedFolder | null;
  readonly #traces: Pick<TraceLog, "get" | "find" | "own" | "after" | "before">;
  readonly #storedBehind: StoredBehind;
  readonly #moves: PreviewMoves;
  readonly #files: RecordedFiles;
  #cookies = new PreviewCookies();
  readonly #opened = new Map<string, Opened>();
  /** In the order in which redirects will ask for them. */
  #armed: readonly Armed[] = [];
  #expected: Expected | null = null;
  /** By the trace of a redirect: the trace of what was asked for then. */
  readonly #followers = new Map<string, string>();
  /** User-Agent of the browser that shows previews; its cookies are the ones that count. */
  #agent: string | null = null;

  /** `previewed` null: what pages leave in the browser stays. */
  constructor(
    traces: Pick<TraceLog, "get" | "find" | "own" | "after" | "before">,
    previewed: PreviewedFolder | null = null,
    storedBehind: StoredBehind = async () => [],
  ) {
    this.#previewed = previewed;
    this.#traces = traces;
    this.#storedBehind = storedBehind;
    this.#moves = new PreviewMoves(traces);
    this.#files = new RecordedFiles(traces);
  }

  /**
   * `origin`: where a browser reaches the scripts. `filledBy`: the trace whose form fields are filled in. @throws
   * ProblemError when there is nothing to show
   */
  async open({ id, relaxed, quiet = false, filledBy = null }: PreviewInput, origin: string): Promise<OpenedPreview> {
    const trace = await this.#kept(id);
    const steps = await this.#stepsFrom(trace, origin);
    const last = steps.at(-1);
    if (!last) throw new ProblemError(noPreviewMessage("nothing-to-show"));
    const filled = filledBy === null || steps.length > 1 ? null : await filledWith(trace, await this.#kept(filledBy));
    const now = performance.now();
    for (const [nonce, { until }] of this.#opened) if (until < now) this.#opened.delete(nonce);
    if (this.#previewed?.isOtherAtHost(origin)) this.#cookies = new PreviewCookies(); // the browser will have none
    const cookies = this.#cookies.plan(
      await this.#before(trace),
      steps.map((step) => step.trace),
    );
    const nonce = randomBytes(16).toString("base64url");
    this.#opened.set(nonce, {
      steps,
      origin,
      relaxed,
      quiet,
      body: filled?.bytes ?? null,
      cookies,
      until: now + lifeMs,
    });
    return {
      url: `${origin}${prefix}${nonce}`,
      hops: steps.slice(1).map((step) => ({ id: step.trace.id, seq: step.trace.seq })),
      asksFor: goesOnTo(last, origin)?.href.slice(origin.length) ?? null,
      cookiesSet: [...cookies.given.keys()],
      cookiesKept: [...cookies.kept].map(([name, seq]) => ({ name, seq })),
    };
  }

  /** Responds to what belongs to a preview. False: it is a request like any other. */
  respond(incoming: Incoming): boolean {
    const { request } = incoming;
    const { target } = request;
    if (target.startsWith(prefix)) {
      this.#begin(incoming, target.slice(prefix.length));
      return true;
    }
    const file = this.#files.responseTo(request);
    if (file) {
      respondRecorded(incoming, file, asItWas);
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
    const { relaxed, quiet, body, cookies } = opened;
    if (quiet && opened.steps.at(-1) === step) this.#files.begin(step, visitor);
    const isGet = step.trace.request.method === "GET";
    respondRecorded(incoming, response, { relaxed, body, isGet, withoutCookies: cookies.kept });
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

  /**
   * The recorded page that a form was sent from; null when there is none.
   * @throws ProblemError when the trace is not kept
   */
  async sentFrom({ id }: { readonly id: string }, origin: string): Promise<PreviewedForm | null> {
    const found = await sentFrom(this.#traces, await this.#kept(id), origin);
    return found && { id: found.page.id, seq: found.page.seq, fields: found.filled.controls };
  }

  async #kept(id: string): Promise<TraceRecord> {
    const trace = await this.#traces.find(id);
    if (!trace) throw new ProblemError(noPreviewMessage("trace-not-kept", { trace: id }));
    return trace;
  }

  /** A request has begun: it may be the shown page that moves on. */
  noteBegun(trace: TraceRecord): void {
    if (trace.client.from === "browser") this.#moves.noteBegun(trace); // else it was sent again from here
  }

  /** Which requests brought the shown page to where it is: see the contract. */
  moved(since: { readonly after: number; readonly byUser: boolean }): PreviewWhereabouts {
    return this.#moves.since(since);
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
    const agent = firstValue(request.headers, "user-agent");
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
      respondOwn(incoming, 410, [["Content-Type", "text/plain; charset=utf-8"], noStore], words);
      return;
    }
    // What an earlier preview of this browser left would be sent in the place of this one.
    const others = this.#armed.filter((armed) => !isSame(armed.visitor, visitor));
    this.#armed = [...others, ...opened.steps.map((step) => ({ step, opened, visitor, until: now + lifeMs }))];
    this.#agent = visitor.agent;
    this.#moves.begin(visitor, opened.origin);
    this.#cookies.note(opened.cookies.given);
    const left = [
      "cache",
      ...(this.#previewed?.isOtherAtHost(opened.origin) ? ["cookies"] : []),
      ...(this.#previewed?.isOther(opened.origin) ? ["storage"] : []),
    ];
    this.#previewed?.shown(opened.origin);
    respondOwn(incoming, 303, [
      ["Location", `${opened.origin}${first.path}`],
      // Otherwise a cacheable response of an earlier preview is shown in the place of this one, and this folder's
      // scripts and pages get what those of another folder left.
      ["Clear-Site-Data", left.map((kind) => `"${kind}"`).join(", ")],
      noStore,
      ["Referrer-Policy", "no-referrer"],
      ...opened.cookies.brought.map((line) => ["Set-Cookie", line] as const),
    ]);
  }

  /** The recorded response, and those its redirects led to, as far as they were recorded. */
  async #stepsFrom(trace: TraceRecord, origin: string): Promise<PreviewHop[]> {
    const steps: PreviewHop[] = [];
    for (let next: TraceRecord | null = trace; next?.response && next.outcome !== null && steps.length < maxHops; ) {
      const address = addressOf(next.request.target, origin);
      if (!address) break;
      const step: PreviewHop = { trace: next, path: pathOf(address) };
      steps.push(step);
      next = await this.#followerOf(step, origin);
    }
    return steps;
  }

  /** What a recorded redirect led to; null without a redirect, or before it is followed. */
  async #followerOf(step: PreviewHop, origin: string): Promise<TraceRecord | null> {
    const to = goesOnTo(step, origin);
    if (!to) return null;
    const leadsTo = (trace: TraceRecord): boolean => {
      const address = addressOf(trace.request.target, origin);
      return address !== null && pathOf(address) === pathOf(to);
    };
    const id = this.#followers.get(step.trace.id);
    const follower = id === undefined ? null : await this.#traces.find(id);
    return follower && leadsTo(follower) ? follower : this.#askedBehind(step.trace, leadsTo);
  }

  /** The first request right behind a redirect to where it leads, linked to it or of the same client. */
  async #askedBehind(redirect: TraceRecord, leadsTo: (trace: TraceRecord) => boolean): Promise<TraceRecord | null> {
    const keepsMethod = redirect.response?.status === 307 || redirect.response?.status === 308;
    const latest = redirect.startedAt + (redirect.timing.doneAt ?? 0) + followWithinMs;
    for await (const trace of this.#behind(redirect)) {
      if (trace.startedAt > latest) return null;
      const isAsked = trace.request.method === (keepsMethod ? redirect.request.method : "GET");
      const isItsOwn = trace.parent === null ? isSameClient(redirect, trace) : trace.parent.id === redirect.id;
      if (isAsked && isItsOwn && leadsTo(trace)) return trace;
    }
    return null;
  }

  /** Of a redirect of an earlier session from the store. */
  async *#behind({ id }: TraceRecord): AsyncGenerator<TraceRecord> {
    if (this.#traces.own(id)) return yield* this.#traces.after(id, maxBehind);
    for (const next of await this.#storedBehind(id, maxBehind)) {
      const trace = await this.#traces.find(next);
      if (trace) yield trace;
    }
  }

  /** The redirects that led to a trace, oldest first. */
  async #before(trace: TraceRecord): Promise<TraceRecord[]> {
    const found: TraceRecord[] = [];
    for (let at = trace; at.parent?.kind === "follow" && found.length < maxHops; ) {
      const parent = await this.#traces.find(at.parent.id);
      if (!parent) break;
      found.unshift(parent);
      at = parent;
    }
    return found;
  }
}

/** Files set no cookies again: those that the page has now may be newer. */
const asItWas = { relaxed: false, body: null, isGet: true, withoutCookies: null } as const;
const noStore = ["Cache-Control", "no-store"] as const;
