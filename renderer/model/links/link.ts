// Addresses of places in the window, the same in both shells: `#/trace/<id>/<tab>` and `#/file/<path>:<line>`.

export type LinkTarget =
  | { readonly kind: "trace"; readonly id: string; readonly tab: string | null }
  | { readonly kind: "file"; readonly path: string; readonly line: number | null };

/** The place that an address or its fragment names; null for none. */
export function parseLink(link: string): LinkTarget | null {
  const [, kind, rest = ""] = /#\/(trace|file)\/(.+)$/s.exec(link) ?? [];
  try {
    if (kind === "trace") {
      const [id = "", tab = ""] = rest.split("/").map(decodeURIComponent);
      return id === "" ? null : { kind, id, tab: tab === "" ? null : tab };
    }
    if (kind === "file") {
      const [, path = rest, line] = /^(.*?):(\d+)$/s.exec(rest) ?? [];
      return {
        kind,
        path: path.split("/").map(decodeURIComponent).join("/"),
        line: line === undefined ? null : Number(line),
      };
    }
  } catch (error) {
    if (!(error instanceof URIError)) throw error; // not percent-encoded as it should be: no place
  }
  return null;
}

export function formatLink(place: LinkTarget): string {
  if (place.kind === "trace")
    return `#/trace/${encodeURIComponent(place.id)}${place.tab === null ? "" : `/${encodeURIComponent(place.tab)}`}`;
  const path = place.path.split("/").map(encodeURIComponent).join("/");
  return `#/file/${path}${place.line === null ? "" : `:${place.line}`}`;
}
