const WORD = 2 ** 32;

function numberOf(address: string): number | null {
  const bytes = address.split(".").map(Number);
  if (bytes.length !== 4 || bytes.some((byte) => !Number.isInteger(byte) || byte < 0 || byte > 255)) return null;
  return bytes.reduce((whole, byte) => whole * 256 + byte, 0);
}

function addressOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** A `geo` key as blocks: `10.0.0.0-10.0.0.255` becomes the fewest blocks that cover it, anything else stays one. */
export function rangeBlocks(key: string): readonly string[] {
  const [from = "", to] = key.split("-");
  const first = numberOf(from);
  const last = to === undefined ? null : numberOf(to);
  if (first === null || last === null) return [key];
  const blocks: string[] = [];
  for (let at = first; at <= last && at < WORD; ) {
    let prefix = 32;
    while (prefix > 0 && at % 2 ** (33 - prefix) === 0 && at + 2 ** (33 - prefix) - 1 <= last) prefix -= 1;
    blocks.push(`${addressOf(at)}/${prefix}`);
    at += 2 ** (32 - prefix);
  }
  return blocks;
}
