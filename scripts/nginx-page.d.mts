/** The page about nginx: one table for each group of rows. */
export function nginxPage(rows: readonly object[]): string;
