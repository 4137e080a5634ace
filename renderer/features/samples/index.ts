// The examples.
export { LanguagesFound } from "./languages-found.js";
