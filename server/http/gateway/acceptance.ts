// Whether a request is served at all, decided before anything else about it: who sends it,
// from which page, for which host and target.
import type { RequestHead } from "../../protocol/request.js";
import { parseTarget, type TargetResult } from "../../protocol/target.js";
import { checkHostField, checkOrigin, checkTrust, checkUser, type Refusal } from "../access/origin-check.js";
import type { GatewaySettings } from "../base/gateway-settings.js";
import type { HttpExchange } from "../exchange/http-exchange.js";

type Accepted = TargetResult | ({ readonly ok: false } & Refusal);

interface Known {
  readonly settings: GatewaySettings;
  readonly accepted: Accepted;
}

export class Acceptance {
  /** Of requests that their connections repeat. */
  readonly #known = new WeakMap<RequestHead, Known>();

  of(exchange: HttpExchange): Accepted {
    const { incoming, settings, override, trace } = exchange;
    // What the workbench sends itself, and what follows a redirect of the preview, is not asked for trust.
    if (!incoming.isRepeated || override !== null || trace.parent !== null) return accept(exchange);
    const known = this.#known.get(incoming.request);
    if (known?.settings === settings) return known.accepted;
    const accepted = accept(exchange);
    this.#known.set(incoming.request, { settings, accepted });
    return accepted;
  }
}

/** Depends on the head, the connection and the settings, and on the sender's claim. */
function accept({ request, incoming, settings, override, trace }: HttpExchange): Accepted {
  const stranger = checkUser(incoming.connection, settings);
  if (stranger) return { ok: false, ...stranger };
  const malformed = checkHostField(request);
  if (malformed) return { ok: false, ...malformed };
  const parsed = parseTarget(request.target, settings.policy);
  if (!parsed.ok) return parsed;
  const isPreview = trace.parent !== null; // which follows a redirect
  const refusal = override ? null : checkOrigin(request, parsed.target, incoming.connection, settings, isPreview);
  if (refusal) return { ok: false, ...refusal };
  const isOurs = override !== null || isPreview;
  const untrusted = isOurs ? null : checkTrust(request, settings);
  return untrusted ? { ok: false, ...untrusted } : parsed;
}
