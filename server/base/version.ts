// The product's version and how it names itself to scripts (RFC 3875 §4.1.17).
import manifest from "../../package.json" with { type: "json" };
import { byteString } from "../protocol/byte-string.js";

export const version = manifest.version;
export const serverSoftware = byteString(`CGI-Workbench/${version}`);
