// The file beside a CGI script that makes an application of it, as `wrap` prints it: "cart.py" becomes "cart_wsgi.py".
import type { AgentLanguage, ApplicationLanguage, Mode } from "./modes.js";

const applicationModes: Readonly<Record<ApplicationLanguage, Mode>> = { python: "wsgi", perl: "psgi" };

/** Null: no applications are made of scripts in this language. */
export function wrapperOf(
  path: string,
  language: AgentLanguage | null,
): { readonly path: string; readonly mode: Mode } | null {
  if (language === null || language === "ruby") return null;
  const mode = applicationModes[language];
  const [, stem = path, extension = ""] = /^(.*?[^/])(\.[^./]*)?$/s.exec(path) ?? [];
  return { path: `${stem}_${mode}${extension}`, mode };
}
