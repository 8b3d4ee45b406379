import { chmodSync, copyFileSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const read = (path) => readFileSync(join(root, path), "utf8");

/** Replaces modules that read from the repository or generate code at run time by what they come to. */
const precomputed = {
  name: "precomputed",
  setup(bundle) {
    bundle.onLoad({ filter: /[\\/]src[\\/]cli[\\/]pages\.ts$/ }, () => ({ contents: pages(), loader: "js" }));
    bundle.onLoad({ filter: /[\\/]src[\\/]config[\\/]validator\.ts$/ }, () => ({ contents: validator(), loader: "js", resolveDir: root }));
    bundle.onLoad({ filter: /[\\/]package\.json$/ }, () => ({ contents: JSON.stringify({ version: JSON.parse(read("package.json")).version }), loader: "json" }));
  },
};

function pages() {
  const names = readdirSync(join(root, "rules")).filter((name) => name.endsWith(".md")).sort();
  const texts = Object.fromEntries(names.map((name) => [name.slice(0, -3), read(`rules/${name}`)]));
  return `const pages = ${JSON.stringify(texts)};\nexport const pageOf = (rule) => pages[rule];\n`;
}

function validator() {
  const ajv = new Ajv({ allErrors: true, code: { source: true, esm: true } });
  const code = standalone.default(ajv, ajv.compile(JSON.parse(read("src/config/schema.json"))));
  return code.replace(/export default \w+;/, "");
}

// Into dist/, or into the folder that is given.
const folder = resolve(root, process.argv[2] ?? "dist");
await build({
  entryPoints: { cli: join(root, "src/cli/main.ts"), action: join(root, "src/action/main.ts") },
  outdir: folder,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  charset: "utf8",
  banner: { js: "#!/usr/bin/env node" },
  logLevel: "warning",
  absWorkingDir: root,
  plugins: [precomputed],
});
chmodSync(join(folder, "cli.cjs"), 0o755);
copyFileSync(join(root, "src/config/schema.json"), join(folder, "config-schema.json"));
