import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

const head = `# What is modelled for nginx

What nginx does to a POST, and how far postlint follows it. *Exact* means that the tests that are named pin it down, nearly all of them by asking a real nginx; *unknown* that findings about it are at most possible; *ignored* that it is set aside. \`npm run oracle:nginx\` compares random configurations with a real server.

This page is made from \`fixtures/nginx/coverage.json\` by \`node scripts/nginx-page.mjs\`.
`;

/** The page about nginx: one table for each group of rows. */
export function nginxPage(rows) {
  const groups = [...new Set(rows.map((row) => row.of))];
  const tables = groups.map((group) => {
    const lines = rows.filter((row) => row.of === group).map(line);
    return `## ${group}\n\n| | what | how | why | compared in | reported by |\n| --- | --- | --- | --- | --- | --- |\n${lines.join("\n")}\n`;
  });
  return [head, ...tables].join("\n");
}

function line({ id, what, how, reason = "", tests = [], rule }) {
  const page = rule === undefined ? "" : `[${rule}](../rules/${rule}.md)`;
  const named = tests.map((name) => (name.startsWith("of seed") ? "generated configurations" : name));
  return `| ${[id, what, how, reason, named.join("; "), page].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, "docs/nginx.md"), nginxPage(JSON.parse(readFileSync(join(root, "fixtures/nginx/coverage.json"), "utf8"))));
}
