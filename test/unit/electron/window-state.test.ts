// A remembered place may be damaged, or from a display that is gone.
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { fitWindow, minimumSize, readWindowState, writeWindowState } from "../../../electron/window-state.js";
import { tempFolder } from "../../support/temp-workspace.js";

const screen = { x: 0, y: 0, width: 1920, height: 1080 };
const left = { x: -1280, y: 100, width: 1280, height: 1024 };
const state = { x: 100, y: 80, width: 1300, height: 900, isMaximized: false };

describe("where the window was", () => {
  test("is read back as it was written", () => {
    using folder = tempFolder();
    const file = folder.file("window.json");
    expect(readWindowState(file)).toBeNull();
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  });

  test.each([
    "",
    "{",
    "null",
    '{"x":1}',
    '{"x":"1","y":0,"width":1,"height":1,"isMaximized":false}',
    '{"x":1e99,"y":0.5,"width":1,"height":1,"isMaximized":false}',
  ])("damaged (%s) counts as none", (text) => {
    using folder = tempFolder();
    folder.write("window.json", text);
    expect(readWindowState(folder.file("window.json"))).toBeNull();
  });

  test("that cannot be written does not keep the window from closing", () => {
    using folder = tempFolder();
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    expect(() => writeWindowState(folder.file("no/such/folder"), state)).not.toThrow();
    expect(told).toHaveBeenCalledOnce();
    told.mockRestore();
  });
});

describe("the window's bounds", () => {
  test("are as saved, on whichever display", () => {
    expect(fitWindow(state, [screen])).toEqual({ x: 100, y: 80, width: 1300, height: 900 });
    expect(fitWindow({ ...state, x: -1200, y: 120 }, [screen, left])).toMatchObject({ x: -1200, y: 120 });
  });

  test("are of usual size without a place when nothing was saved or the display is gone", () => {
    expect(fitWindow(null, [screen])).toEqual({ width: 1280, height: 800 });
    expect(fitWindow({ ...state, x: -1200, y: 120 }, [screen])).toEqual({ width: 1280, height: 800 });
    expect(fitWindow({ ...state, y: 1070 }, [screen])).toEqual({ width: 1280, height: 800 });
    expect(fitWindow(null, [])).toEqual({ width: 1280, height: 800 });
  });

  test("fit the display, and are never below the minimum", () => {
    expect(fitWindow({ ...state, width: 5000, height: 5000 }, [screen])).toMatchObject({ width: 1920, height: 1080 });
    expect(fitWindow(null, [{ ...screen, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 });
    expect(fitWindow({ ...state, width: 10, height: 10 }, [screen])).toMatchObject({ ...minimumSize, x: 100, y: 80 });
  });

  test("always leave enough of the title on some display", () => {
    const place = fc.record({
      x: fc.integer({ min: -5000, max: 5000 }),
      y: fc.integer({ min: -5000, max: 5000 }),
      width: fc.integer({ min: 1, max: 6000 }),
      height: fc.integer({ min: 1, max: 6000 }),
      isMaximized: fc.boolean(),
    });
    fc.assert(
      fc.property(place, (saved) => {
        const { x, y, width, height } = fitWindow(saved, [screen, left]);
        expect(width).toBeGreaterThanOrEqual(minimumSize.width);
        expect(height).toBeGreaterThanOrEqual(minimumSize.height);
        if (x === undefined || y === undefined) return; // the system places it
        const isSeen = [screen, left].some(
          (area) => x < area.x + area.width && x + width > area.x && y >= area.y && y < area.y + area.height,
        );
        expect(isSeen).toBe(true);
      }),
    );
  });
});
