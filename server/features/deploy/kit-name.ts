/** A word that can name a user, units and files: from the name of a folder or of a script. */
export const kitName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.\w+$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "")
    .slice(0, 24)
    .replace(/-$/, "") || "site";
