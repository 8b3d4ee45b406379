// Paired timings of the built command line. Each figure is a ratio to a named reference that ran in the same round:
// rounds are interleaved, so that whatever else the machine does falls on both sides alike. Run: node bench/bench.mjs
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const cli = resolve(import.meta.dirname, "../dist/cli.cjs");
const parser = createRequire(import.meta.url).resolve("nginx-conf");
const rounds = Number(process.argv[2] ?? 11);

/** A site as people write it: a redirect, an API, static files, a script handler. */
function site(number) {
  return `server {
    listen 80;
    server_name site${number}.example;
    return 301 https://$host$request_uri;
}
server {
    listen 443 ssl;
    server_name site${number}.example;
    root /srv/site${number};
    client_max_body_size 20m;
    location / { try_files $uri $uri/ /index.php?$args; }
    location /api/v${number}/ {
        limit_except GET POST { deny all; }
        proxy_set_header Host $host;
        proxy_pass http://127.0.0.1:${8000 + (number % 1000)};
    }
    location ~* \\.(css|js|png|jpg)$ { expires 30d; }
    location ~ \\.php$ { fastcgi_pass unix:/run/php.sock; include fastcgi_params; }
    location ~ /\\.ht { deny all; }
}
`;
}

function folderOf(count) {
  const folder = mkdtempSync(join(tmpdir(), `postlint-bench-${count}-`));
  mkdirSync(join(folder, "nginx"));
  for (let number = 0; number < count; number += 1) writeFileSync(join(folder, "nginx", `site${number}.conf`), site(number));
  return folder;
}

function seconds(args) {
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status === null || status > 1) throw new Error(stderr);
  return Number(process.hrtime.bigint() - start) / 1e9;
}

function median(numbers) {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

/** The median over rounds of (subject / reference), both timed in each round. */
function ratio(subject, reference, times = rounds) {
  const pairs = Array.from({ length: times }, () => ({ reference: seconds(reference), subject: seconds(subject) }));
  const quotient = median(pairs.map((pair) => pair.subject / pair.reference)).toFixed(2);
  return { quotient, subject: `${Math.round(median(pairs.map((pair) => pair.subject)) * 1000)} ms` };
}

const few = folderOf(1);
const some = folderOf(100);
const many = folderOf(1000);
const parse = `const{NginxParser}=require(${JSON.stringify(parser)});const fs=require("fs");const d=process.argv[1]+"/nginx";for(const f of fs.readdirSync(d))new NginxParser().parse(fs.readFileSync(d+"/"+f,"utf8"),()=>{},()=>{})`;
const nothing = ["-e", "0"];
const lint = (folder) => [cli, "lint", folder, "--format", "compact"];

try {
  const rows = [
    ["--version", "node -e 0", ratio([cli, "--version"], nothing)],
    ["lint, 1 file", "node -e 0", ratio(lint(few), nothing)],
    ["lint, 1,000 files", "lint, 100 files (10 = linear)", ratio(lint(many), lint(some), Math.ceil(rounds / 3))],
    ["lint, 1,000 files", "parsing them with nginx-conf", ratio(lint(many), ["-e", parse, many], Math.ceil(rounds / 3))],
  ];
  for (const [subject, reference, { quotient, subject: time }] of rows) console.log(`${subject.padEnd(20)} ${quotient.padStart(7)} x ${reference}  (${time})`);
} finally {
  for (const folder of [few, some, many]) rmSync(folder, { recursive: true });
}
