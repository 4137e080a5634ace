// Light, dark, or the system's choice. The choice is remembered; the resolved theme is an attribute of the document, so
// that plain CSS follows, and a store, so that canvases and the editor can.
import { create } from "zustand";
import { recall, remember } from "./storage.js";

const themeChoices = ["light", "dark", "system"] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = "light" | "dark";

const systemDark = window.matchMedia("(prefers-color-scheme: dark)");
const resolve = (choice: ThemeChoice): Theme =>
  choice === "system" ? (systemDark.matches ? "dark" : "light") : choice;
const remembered = recall("theme", (value) => themeChoices.find((choice) => choice === value) ?? null) ?? "system";

export const useTheme = create<{ readonly choice: ThemeChoice; readonly theme: Theme }>()(() => ({
  choice: remembered,
  theme: resolve(remembered),
}));

export function chooseTheme(choice: ThemeChoice): void {
  remember("theme", choice);
  useTheme.setState({ choice, theme: resolve(choice) });
}

/** Sets the document's theme now and on every change. Once, before the first paint. */
export function applyTheme(): void {
  const apply = ({ theme }: { readonly theme: Theme }): void => {
    document.documentElement.dataset["theme"] = theme;
    document.documentElement.style.colorScheme = theme;
  };
  apply(useTheme.getState());
  useTheme.subscribe(apply);
  systemDark.addEventListener("change", () => useTheme.setState(({ choice }) => ({ theme: resolve(choice) })));
}
