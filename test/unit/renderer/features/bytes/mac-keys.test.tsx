// A hint names a key as the keyboard of the system labels it: on macOS.
import { render, screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { Bytes } from "../../../../../renderer/features/bytes/byte-view.js";
import { layOutPage } from "../../../../support/laid-out-page.js";

vi.hoisted(() => vi.stubGlobal("workbench", { platform: "darwin", onCommand: () => undefined }));

layOutPage();

test("the key that finds bytes is Cmd F", async () => {
  const of = {
    key: "a",
    name: "a",
    fileName: "a.bin",
    isFile: false,
    traced: null,
    read: async () => new Uint8Array(1),
  };
  render(<Bytes title="Stdout" of={of} info={{ bytes: 1, captured: 1 }} declaredCharset={null} />);
  screen.getByRole("button", { name: "Find in bytes" }).focus();
  await waitFor(() => expect(document.querySelector(".ui-tooltip")?.textContent).toContain("⌘ F"));
});
