// Medians and their intervals, over rounds in which every contender ran once.

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Of the rate of `ours` over that of `peer`, round by round: the machine's mood in a round is the same for both. */
export function ratio(ours, peer) {
  const each = ours.map((rate, round) => rate / peer[round]);
  return {
    median: round(median(each)),
    lowest: round(Math.min(...each)),
    highest: round(Math.max(...each)),
    rounds: each.length,
  };
}

const round = (value) => Math.round(value * 1000) / 1000;
