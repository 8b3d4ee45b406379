import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** Cells of a row that more than one page has. */
const cells = {
  what: ({ what }) => what,
  how: ({ how }) => how,
  rule: ({ rule }) => (rule === undefined ? "" : `[${rule}](../rules/${rule}.md)`),
};

/**
 * Every format whose coverage is written down, in `fixtures/<id>/coverage.json` and from that in `docs/<id>.md`:
 * `sure` and `unsure` are the words for how far it is followed, `tests` and `why` the fields with the tests and the reason.
 */
export const formats = [
  {
    id: "nginx",
    sure: ["exact"],
    unsure: ["unknown", "ignored"],
    tests: "tests",
    why: "reason",
    title: "What is modelled for nginx",
    intro:
      "What nginx does to a POST, and how far postlint follows it. *Exact* means that the tests that are named pin it down, nearly all of them by asking a real nginx; *unknown* that findings about it are at most possible; *ignored* that it is set aside. `npm run oracle:nginx` compares random configurations with a real server.",
    columns: [
      ["", ({ id }) => id],
      ["what", cells.what],
      ["how", cells.how],
      ["why", ({ reason = "" }) => reason],
      ["compared in", ({ tests = [] }) => tests.map((name) => (name.startsWith("of seed") ? "generated configurations" : name)).join("; ")],
      ["reported by", cells.rule],
    ],
  },
  {
    id: "apache",
    sure: ["exact"],
    unsure: ["depends", "not compared", "not seen"],
    tests: "server",
    why: "note",
    title: "Apache: what is covered",
    intro:
      'What Apache httpd 2.4 does to a POST, and how far postlint follows it. *Exact* means that the interpreter and a real server give the same answers in the tests that are named; *depends* that the answer is "possible", with what it depends on; *not compared* that it is read without such a test; *not seen* that it is left out, and why.',
    columns: [
      ["what", cells.what],
      ["how", cells.how],
      ["compared in", ({ server = [] }) => server.join("; ")],
      ["reported by", cells.rule],
      ["note", ({ note = "" }) => note],
    ],
  },
  {
    id: "iis",
    sure: ["documented"],
    unsure: ["depends", "not seen"],
    tests: "tests",
    why: "note",
    title: "IIS: what is covered",
    intro:
      'What IIS does to a POST by its `web.config`, and how far postlint follows it. IIS runs on Windows alone, and nothing here was compared with a real one: *documented* means that the pages of Microsoft\'s documentation that are named say so, and that the tests that are named hold the interpreter to it; *depends* that the answer is "possible", with what it depends on; *not seen* that it is left out, and why. What only the server\'s own `applicationHost.config` says is taken to be as IIS is installed.',
    columns: [
      ["what", cells.what],
      ["how", cells.how],
      ["said in", ({ page = "" }) => page],
      ["tested in", ({ tests = [] }) => tests.join("; ")],
      ["reported by", cells.rule],
      ["note", ({ note = "" }) => note],
    ],
  },
];

/** The page about a format: one table for each group of rows. */
export function pageOf({ id, title, intro, columns }, rows) {
  const head = `# ${title}\n\n${intro}\n\nThis page is made from \`fixtures/${id}/coverage.json\` by \`npm run docs\`.\n`;
  const line = (texts) => `| ${texts.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  const titles = `${line(columns.map(([name]) => name))}\n|${" --- |".repeat(columns.length)}`;
  const groups = [...new Set(rows.map((row) => row.of))];
  const tables = groups.map((group) => {
    const lines = rows.filter((row) => row.of === group).map((row) => line(columns.map(([, cell]) => cell(row))));
    return `## ${group}\n\n${titles}\n${lines.join("\n")}\n`;
  });
  return [head, ...tables].join("\n");
}

/** The rows about a format. */
export function rowsOf({ id }) {
  return JSON.parse(readFileSync(join(root, `fixtures/${id}/coverage.json`), "utf8"));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const format of formats) writeFileSync(join(root, `docs/${format.id}.md`), pageOf(format, rowsOf(format)));
}
