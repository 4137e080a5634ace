// The parts of the request that a folder's first look does not show: they come when one
// of them is chosen, or when there is time.
import type { ComponentType } from "react";
import { BodyPart } from "./body-part.js";
import { CookiesPart } from "./cookies-part.js";
import { HeadersPart } from "./headers-part.js";
import { RedirectsPart } from "./redirects-part.js";
import { SignInPart } from "./sign-in-part.js";
import { VariablesPart } from "./variables-part.js";

export type FurtherPartName = "headers" | "body" | "cookies" | "redirects" | "sign-in" | "variables";

const parts: Readonly<Record<FurtherPartName, ComponentType>> = {
  headers: HeadersPart,
  body: BodyPart,
  cookies: CookiesPart,
  redirects: RedirectsPart,
  "sign-in": SignInPart,
  variables: VariablesPart,
};

export function FurtherPart({ part }: { readonly part: FurtherPartName }) {
  const Part = parts[part];
  return <Part />;
}
