// The file beside a CGI script that makes an application of it, as `wrap` prints it: "cart.py" becomes "cart_wsgi.py".
import type { MeasuredMode } from "./measure-contract.js";
import type { AgentLanguage, Mode } from "./modes.js";

const applicationModes: Readonly<Record<AgentLanguage, Mode>> = { python: "wsgi", perl: "psgi", ruby: "rack" };

/** Null: no application is made of a file that no agent runs. */
export function wrapperOf(
  path: string,
  language: AgentLanguage | null,
): { readonly path: string; readonly mode: Mode } | null {
  if (language === null) return null;
  const mode = applicationModes[language];
  const [, stem = path, extension = ""] = /^(.*?[^/])(\.[^./]*)?$/s.exec(path) ?? [];
  return { path: `${stem}_${mode}${extension}`, mode };
}

/** What the script leaves behind in its wrapper is not known: the agent reported nothing, or was not asked. */
export const isLeakUnknown = ({ target, leaks }: Pick<MeasuredMode, "target" | "leaks">): boolean =>
  target !== null && leaks?.stateExamined === false;
