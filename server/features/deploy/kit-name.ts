// The name of a kit, and the network of its hosts, which follows from the name.
import { createHash } from "node:crypto";

/** A word that can name a user, units and files: from the name of a folder or of a script. */
export const kitName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.\w+$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^[-0-9]+/, "")
    .slice(0, 24)
    .replace(/-$/, "") || "site";

/** The first three numbers of a kit's addresses: Docker refuses two networks with the same ones. */
export const kitNetwork = (name: string): string => `172.30.${createHash("sha256").update(name).digest()[0]}`;
