/** The page about Apache: one table for each group of rows. */
export function apachePage(rows: readonly object[]): string;
