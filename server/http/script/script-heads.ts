// What scripts wrote last as their heads. Most scripts write the same one for every request: then it is not read again.
import type { ByteString } from "../../contract/bytes-text.js";
import { byteString, fromBytes } from "../../protocol/byte-string.js";
import type { FramingInput } from "../../protocol/framing.js";
import type { GatewayPolicy } from "../../protocol/policy.js";
import type { ScriptHead } from "../../protocol/script-head.js";
import { interpretScriptHead, type ScriptResponse } from "../../protocol/script-response.js";
import type { ScriptRoute } from "../../routing/route.js";
import { RepeatedResponse } from "../exchange/framed-response.js";

/** What a head means, and the response to the client, if it is one. */
interface Meaning {
  readonly response: ScriptResponse;
  readonly reply: FramingInput | RepeatedResponse | null;
}

/** Longer heads are not remembered. */
const maxBytes = 4096;

interface LastHead {
  readonly text: ByteString;
  readonly head: ScriptHead;
  /** What it means under a policy; null before it was asked for. */
  meaning: (Meaning & { readonly policy: GatewayPolicy }) | null;
}

export class ScriptHeads {
  /** Weak: the next garbage collection forgets it, and with it what a deleted trace had. */
  readonly #last = new WeakMap<ScriptRoute, WeakRef<LastHead>>();

  /** `bytes`: the beginning of stdout. Null unless they begin with the same head as the last time. */
  again(route: ScriptRoute, bytes: Uint8Array): ScriptHead | null {
    const last = this.#last.get(route)?.deref();
    if (!last || last.text.length > bytes.length) return null;
    return fromBytes(bytes, 0, last.text.length) === last.text ? last.head : null;
  }

  /** `bytes`: the beginning of stdout, with the whole head. */
  keep(route: ScriptRoute, bytes: Uint8Array, head: ScriptHead): void {
    if (head.problem !== null || head.bodyOffset > maxBytes) return;
    this.#last.set(route, new WeakRef({ text: fromBytes(bytes, 0, head.bodyOffset), head, meaning: null }));
  }

  /** Gives the same object for the same head and policy. */
  interpret(route: ScriptRoute, head: ScriptHead, policy: GatewayPolicy): Meaning {
    const last = this.#last.get(route)?.deref();
    if (last?.head !== head) return meaningOf(head, policy);
    if (last.meaning?.policy !== policy) {
      const { response, reply } = meaningOf(head, policy);
      last.meaning = { policy, response, reply: reply && new RepeatedResponse(reply) };
    }
    return last.meaning;
  }
}

function meaningOf(head: ScriptHead, policy: GatewayPolicy): { response: ScriptResponse; reply: FramingInput | null } {
  const response = interpretScriptHead(head, policy);
  const { status, reason, headers } = response;
  return { response, reply: status === null ? null : { status, reason: reason ?? byteString(""), headers } };
}
