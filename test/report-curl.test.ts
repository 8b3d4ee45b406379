import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ordinaryPost, withMethod, type Request } from "../src/model/request.ts";
import { curlCommand, quote, urlOf } from "../src/report/curl.ts";

/** Runs a command in `sh` with a `curl` that shows its arguments and its input. */
function shell(command: string): { readonly words: readonly string[]; readonly input: Buffer } {
  const fake = `curl() { for word in "$@"; do printf '%s\\0' "$word" >&2; done; cat; }`;
  const { stdout, stderr, status } = spawnSync("sh", ["-c", `${fake}; ${command}`], { input: "", maxBuffer: 2 ** 23 });
  expect(status).toBe(0);
  return { words: stderr.toString().split("\0").slice(0, -1), input: stdout };
}

const after = (words: readonly string[], option: string): readonly string[] => words.filter((_, index) => words[index - 1] === option);
const plain = ordinaryPost({ host: "shop.example", path: "/api/orders" });
const withBody = (body: string, contentType = "text/plain"): Request => ordinaryPost({ body, headers: { "content-type": contentType } });

describe("curlCommand", () => {
  test("an ordinary form in one line", () => {
    expect(curlCommand(plain)).toBe(
      `curl -i -X POST https://shop.example/api/orders -H 'user-agent: ${plain.headers["user-agent"]}' -H 'content-type: application/x-www-form-urlencoded' --data name=value`,
    );
  });

  test("is valid in sh, whatever is in it", () => {
    const text = fc.string({ unit: "binary", maxLength: 20 }).filter((one) => !one.includes("\0"));
    fc.assert(
      fc.property(text, text, (body, value) => {
        const { words, input } = shell(curlCommand(ordinaryPost({ body, headers: { "x-a": value } })));
        const data = after(words, "--data")[0] ?? after(words, "--data-raw")[0];
        expect(data ?? input.toString()).toBe(body);
        expect(after(words, "-H").at(-1)).toBe(value === "" ? "x-a;" : `x-a: ${value}`.replace(/\n+$/, ""));
      }),
      { numRuns: 40 },
    );
  });

  test("what only makes a header or a query long is made on the spot", () => {
    const value = `"$HOME" \`x\` ${"0".repeat(1200)}\\`;
    const command = curlCommand(ordinaryPost({ query: `state=${"0".repeat(1000)}`, headers: { "x-a": value } }));
    expect(command.length).toBeLessThan(250);
    const { words } = shell(command);
    expect(after(words, "-H").at(-1)).toBe(`x-a: ${value}`);
    expect(words).toContain(`https://localhost/?state=${"0".repeat(1000)}`);
  });

  test("a body of several lines goes through printf, byte for byte", () => {
    const body = "--b\r\nContent-Disposition: form-data; name=\"it's\"\r\n\r\n100% \\n\u0007é\r\n--b--\r\n";
    const { words, input } = shell(curlCommand(withBody(body, "multipart/form-data; boundary=b")));
    expect(input.toString()).toBe(body);
    expect(words).toContain("--data-binary");
  });

  test("a big body is made on the spot", () => {
    const command = curlCommand({ ...plain, bodyBytes: 3_000_000 });
    expect(command).toMatch(/^head -c 3000000 \/dev\/zero \| curl /);
    expect(shell(command).input).toHaveLength(3_000_000);
  });

  test("curl adds no header that the request does not have", () => {
    const { words } = shell(curlCommand(ordinaryPost({ headers: { "x-empty": "" } })));
    expect(after(words, "-H")).toEqual(["user-agent:", "accept:", "content-type:", "x-empty;"]);
  });

  test("GET has no body, chunked is said, an empty POST says so", () => {
    expect(curlCommand(withMethod(plain, "GET"))).not.toContain("data");
    expect(curlCommand({ ...plain, version: "1.0" })).toContain("curl -i --http1.0 -X POST");
    expect(curlCommand({ ...plain, chunked: true })).toContain("-H 'transfer-encoding: chunked'");
    expect(curlCommand(ordinaryPost({ body: "" }))).toMatch(/--data ''$/);
    expect(curlCommand(withBody("@/etc/passwd"))).toContain("--data-raw @/etc/passwd");
  });

  test("what curl would change in a URL is left alone", () => {
    expect(curlCommand({ ...plain, path: "/a/../b" })).toContain("--path-as-is");
    expect(curlCommand({ ...plain, query: "a[]=1" })).toContain("curl -i -g -X");
  });
});

test("urlOf leaves out only the scheme's own port", () => {
  expect(urlOf({ ...plain, query: "a=1" })).toBe("https://shop.example/api/orders?a=1");
  expect(urlOf({ ...plain, port: 80 })).toBe("https://shop.example:80/api/orders");
  expect(urlOf({ ...plain, scheme: "http", port: 80, host: "::1" })).toBe("http://[::1]/api/orders");
});

test("no control character reaches the terminal", () => {
  expect(quote("a\u001b[31mb")).toBe(`"$(printf 'a\\033[31mb')"`);
});
