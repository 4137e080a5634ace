// In place of the graph's plot, for the page of the tests has no canvas: what lies over the canvas is as ever.
import type { PlotProps } from "../../../../../renderer/features/latency/plot.js";

export const Plot = ({ children }: PlotProps) => children;
