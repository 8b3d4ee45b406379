import { describe, expect, it } from "vitest";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { positionAt } from "../src/source.ts";
import { findingsIn, loadText } from "./rule-tester.ts";

const app = "location / { proxy_pass http://127.0.0.1:8080; }";
const host = "<VirtualHost *:80>\nServerName a.test\nProxyPass / http://127.0.0.1:8080/\n</VirtualHost>\n";

function found(format: string, text: string): readonly string[] {
  return findingsIn(loadText(format, text)).map(({ at, certainty, rule, status }) => `${positionAt(at.file, at.start).line} ${certainty} ${rule} ${status}`);
}

describe("limits for the head of a request", () => {
  it.each([
    ["nginx", `server { large_client_header_buffers 2 1k; ${app} }`, ["1 certain header-limit-too-small 400"]],
    ["nginx", "client_header_buffer_size 1k;\nlarge_client_header_buffers 2 1k;", ["2 certain header-limit-too-small 400"]],
    ["nginx", `# Protects against buffer overflow attacks\nlarge_client_header_buffers 2 1k;\nserver { ${app} }`, ["2 certain header-limit-too-small 400"]],
    ["nginx", `server { large_client_header_buffers 4 2k; ${app} }`, ["1 possible header-limit-too-small 400"]],
    ["apache", `LimitRequestFieldSize 1024\n${host}`, ["1 certain header-limit-too-small 400"]],
    ["apache", `LimitRequestLine 512\n${host}`, ["1 possible header-limit-too-small 414"]],
    ["apache", `LimitRequestFields 15\n${host}`, ["1 certain header-limit-too-small 400"]],
    ["apache", `LimitRequestFields 20\n${host}`, ["1 possible header-limit-too-small 400"]],
  ])("%s: %s", (format, text, expected) => {
    expect(found(format, text)).toEqual(expected);
  });

  it.each([
    ["nginx", `server { large_client_header_buffers 4 8k; ${app} }`],
    ["nginx", `server { large_client_header_buffers 4 32k; ${app} }`],
    ["nginx", `server { large_client_header_buffers 2 4k; ${app} }`],
    ["nginx", `server { client_header_buffer_size 8k; large_client_header_buffers 2 1k; ${app} }`],
    ["nginx", `server { client_header_buffer_size 512; ${app} }`],
    ["nginx", `server { large_client_header_buffers 4 {{ size }}; ${app} }`],
    ["nginx", "server { large_client_header_buffers 2 1k; root /srv/www; }"],
    ["apache", `LimitRequestFieldSize 8190\nLimitRequestLine 20000\nLimitRequestFields 100\n${host}`],
    ["apache", `LimitRequestFields 0\n${host}`],
    ["apache", `${host}LimitRequestFieldSize 1024\n`],
    ["apache", `LimitRequestFieldSize 1024\n${host.replace("\nServerName", "\nLimitRequestFieldSize 8190\nServerName")}`],
  ])("%s, silent: %s", (format, text) => {
    expect(found(format, text).filter((one) => one.includes("header-limit"))).toEqual([]);
  });

  it("are shown by a short command and raised to what the server takes by itself", () => {
    const [nginx] = findingsIn(loadText("nginx", `server { large_client_header_buffers 2 1k; ${app} }`));
    expect(nginx?.witness.headers["authorization"]).toMatch(/^Bearer 0{1200}$/);
    expect(nginx?.fix?.edits.map(({ text }) => text)).toEqual(["4 8k"]);
    const [apache] = findingsIn(loadText("apache", `LimitRequestFieldSize 1024\n${host}`));
    expect(apache?.fix?.edits.map(({ text }) => text)).toEqual(["8190"]);
  });
});

describe("the server that is named over TLS", () => {
  const [unit] = loadText("nginx", `server { listen 443 ssl; listen 80; server_name small.test; large_client_header_buffers 2 1k; ${app} } server { listen 443 ssl; listen 80; server_name big.test; ${app} }`).units;
  it.each([
    ["https", "big.test", "reached"],
    ["http", "big.test", "refused"],
    ["https", "small.test", "refused"],
  ] as const)("reads the first line: %s %s", (scheme, name, outcome) => {
    if (unit === undefined) throw new Error("nothing was read");
    expect(evaluate(unit.program, ordinaryPost({ scheme, host: name, query: "q".repeat(2000) })).outcome).toBe(outcome);
  });
});

describe("limits for all that applications get", () => {
  it.each([
    ["apache", "LimitRequestBody 102400\n", ["1 possible body-limit-too-small 413"]],
    ["nginx", `http { client_max_body_size 100k; server { ${app} } }`, ["1 possible body-limit-too-small 413"]],
    ["nginx", `http { client_max_body_size 1m; server { ${app} } }`, []],
    ["nginx", `server { client_max_body_size 512k; ${app} }`, ["1 possible body-limit-too-small 413"]],
    ["nginx", "server { location / { client_max_body_size 100k; proxy_pass http://127.0.0.1:8080; } }", ["1 possible body-limit-too-small 413"]],
    ["nginx", "server { location /api/ { client_max_body_size 100k; proxy_pass http://127.0.0.1:8080; } }", ["1 possible body-limit-too-small 413"]],
    ["nginx", `server { client_max_body_size 1m; ${app} }`, []],
    ["nginx", "server { location /login { client_max_body_size 100k; proxy_pass http://127.0.0.1:8080; } }", []],
    // Whoever makes an exception has thought of the rest.
    ["nginx", `server { client_max_body_size 100k; location /reports { client_max_body_size 20m; proxy_pass http://127.0.0.1:8080; } ${app} }`, []],
    ["apache", `<VirtualHost *:80>\nServerName a.test\nLimitRequestBody 102400\n</VirtualHost>\n`, []],
  ])("%s: %s", (format, text, expected) => {
    expect(found(format, text)).toEqual(expected);
  });
});
