import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const head = `# Apache: what is covered

What Apache httpd 2.4 does to a POST, and how far postlint follows it. *Exact* means that the interpreter and a real server give the same answers in the tests that are named; *depends* that the answer is "possible", with what it depends on; *not compared* that it is read without such a test; *not seen* that it is left out, and why.

This page is made from \`fixtures/apache/coverage.json\` by \`npm run docs\`.
`;

/** The page about Apache: one table for each group of rows. */
export function apachePage(rows) {
  const groups = [...new Set(rows.map((row) => row.of))];
  const tables = groups.map((group) => {
    const lines = rows.filter((row) => row.of === group).map(line);
    return `## ${group}\n\n| what | how | compared in | reported by | note |\n| --- | --- | --- | --- | --- |\n${lines.join("\n")}\n`;
  });
  return [head, ...tables].join("\n");
}

function line({ what, how, server = [], rule, note = "" }) {
  const page = rule === undefined ? "" : `[${rule}](../rules/${rule}.md)`;
  return `| ${[what, how, server.join("; "), page, note].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, "docs/apache.md"), apachePage(JSON.parse(readFileSync(join(root, "fixtures/apache/coverage.json"), "utf8"))));
}
