// The variables that a kit's scripts need. A value is in the kit only if nothing says that it is a secret: neither the
// variable's name, nor what masks secrets in exported traces, nor its look.
import { toDisplayText } from "../../base/decode-text.js";
import { ProblemError } from "../../base/problem.js";
import { utf8 } from "../../protocol/byte-string.js";
import { isSecretName } from "../../protocol/secret-name.js";
import type { ScriptRoute } from "../../routing/route.js";
import { fieldsIn } from "../../trace/formats/secret-fields.js";
import type { Workspace } from "../../workspace/workspace.js";
import { deployProblem } from "./messages.js";

/** Of the server's own process, which runs as root, they would decide which programs and libraries it loads. */
const loaderVariable = /^(?:LD_\w+|DYLD_\w+|GCONV_PATH|BASH_ENV|ENV|IFS|PATH)$/;

/**
 * By name; null: the kit does not have the value. Paths in the folder become paths below `site`. What scripts inherit
 * is this machine's own, so it has no value. @throws ProblemError
 */
export function variablesOf(
  { root, inherited }: Pick<Workspace, "root" | "inherited">,
  routes: readonly Pick<ScriptRoute, "variables">[],
  site: string,
): ReadonlyMap<string, string | null> {
  const found = new Map<string, string | null>();
  const given = new Map<string, string>();
  for (const [bytes, valueBytes] of routes.flatMap(({ variables }) => [...variables])) {
    const name = toDisplayText(bytes);
    const written = toDisplayText(valueBytes);
    if (!/^[A-Za-z_]\w*$/.test(name) || loaderVariable.test(name) || /\p{Cc}|\ufffd/u.test(written))
      throw new ProblemError(deployProblem("kit-name-refused", { name, target: ".env" }));
    const isInside = written === root || written.startsWith(`${root}/`);
    const value = isInside ? site + written.slice(root.length) : written;
    if ((given.get(name) ?? value) !== value) throw new ProblemError(deployProblem("kit-variable-differs", { name }));
    given.set(name, value);
    found.set(name, mayBeSecret(name, isInside ? "" : value) ? null : value);
  }
  for (const bytes of inherited.keys()) {
    const name = toDisplayText(bytes);
    if (name === "PATH" || found.has(name)) continue;
    if (!/^[A-Za-z_]\w*$/.test(name) || loaderVariable.test(name))
      throw new ProblemError(deployProblem("kit-name-refused", { name, target: ".env" }));
    found.set(name, null);
  }
  return found;
}

/** Names of addresses and of keys: a wrong guess costs a line to fill in, and no more. */
const secretToo =
  /(?:^|_)(?:KEY|DSN|SALT|PIN|OTP|CERT|WEBHOOK|CONN|LOGIN)S?(?:$|_)|(?:DATABASE|DB|REDIS|MONGO\w*|AMQP|BROKER|SMTP|POSTGRES\w*|MYSQL)_(?:URL|URI)$|CONNECTION/i;
/** A user before the host of an address, with or without a password. */
const userInAddress = /\/\/[^/?#\s]*@|[^\s/@:]*:[^\s@]+@/;
/** Letters and digits that no person would write: a key. */
const looksLikeKey = /(?=[\w+=-]*\d)(?=[\w+=-]*[A-Za-z])[\w+=-]{20,}/;

/** `name=value` pairs of any spelling, as in a connection's description, as the masker reads those of a form. */
const asForm = (value: string): string => value.replace(/\s*=\s*/g, "=").replace(/[\s,]+/g, "&");

function mayBeSecret(name: string, value: string): boolean {
  if (isSecretName(name) || secretToo.test(name)) return true;
  const hasField = [value, asForm(value)].some((text) => fieldsIn(utf8(text), isSecretName).length > 0);
  return hasField || userInAddress.test(value) || looksLikeKey.test(value);
}
