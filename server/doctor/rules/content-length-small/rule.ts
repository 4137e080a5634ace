// More bytes than Content-Length says.
import { lengthClaim } from "../../content-length.js";
import { at } from "../../fields.js";
import type { RuleLater } from "../../rule.js";
import { text } from "./text.js";

export const contentLengthSmall: RuleLater = {
  id: "content-length-small",
  text,
  when: "later",
  on: "anything",
  look: (facts) => {
    const claim = lengthClaim(facts);
    if (claim === null || claim.declared >= claim.actual) return null;
    const lost = claim.actual - claim.declared;
    return {
      title: claim.isInCharacters ? "Content-Length counts characters, not bytes" : "Content-Length is smaller than the page",
      detail: `${claim.declared} is declared and the page has ${claim.actual} bytes${claim.isInCharacters ? `, which are ${claim.declared} characters` : ""}: a client that believes it loses the last ${lost === 1 ? "byte" : `${lost} bytes`}.`,
      ...at(facts, claim.field),
    };
  },
};
