import { describe, expect, it } from "vitest";
import { evaluate } from "../src/model/evaluate.ts";
import { ordinaryPost } from "../src/model/request.ts";
import { findingsIn, loadText } from "./rule-tester.ts";

/** What becomes of so many POSTs to one page: the statuses they are refused with. */
function refused(text: string, pace: { readonly perMinute?: number; readonly atOnce?: number; readonly clientAddress?: string }): readonly unknown[] {
  const [unit] = loadText("apache", text).units;
  if (unit === undefined) throw new Error("nothing was read");
  return evaluate(unit.program, ordinaryPost({ path: "/save.php", ...pace })).endings.flatMap(({ outcome, status }) => (outcome === "refused" ? [status] : []));
}

describe("mod_evasive", () => {
  it("lets one more request for a page pass than its count says", () => {
    expect(refused("DOSPageCount 2\n", { atOnce: 3 })).toEqual([]);
    expect(refused("DOSPageCount 2\n", { atOnce: 4 })).toEqual([403]);
  });

  it("takes 2 where there is no number above 0", () => {
    for (const count of ["0", "x", "-1"]) expect(refused(`DOSPageCount ${count}\n`, { atOnce: 4 }), count).toEqual([403]);
  });

  it("begins anew after an interval", () => {
    expect(refused("DOSPageCount 2\n", { perMinute: 60 })).toEqual([]);
    expect(refused("DOSPageCount 2\nDOSPageInterval 10\n", { perMinute: 6 })).toEqual([]);
    expect(refused("DOSPageCount 2\nDOSPageInterval 10\n", { perMinute: 7 })).toEqual([403]);
    expect(refused("DOSPageCount 9\nDOSPageInterval 10\n", { perMinute: 10 })).toEqual([]);
  });

  it("counts all pages together, too", () => {
    expect(refused("DOSSiteCount 3\n", { atOnce: 4 })).toEqual([]);
    expect(refused("DOSSiteCount 3\n", { atOnce: 5 })).toEqual([403]);
  });

  it("answers with the status it is given, and spares addresses", () => {
    const text = "DOSPageCount 2\nDOSHTTPResponseCode 429\nDOSWhitelist 203.0.113.*\nDOSWhitelist 192.0.2.1\n";
    expect(refused(text, { atOnce: 9, clientAddress: "198.51.100.1" })).toEqual([429]);
    expect(refused(text, { atOnce: 9, clientAddress: "203.0.113.7" })).toEqual([]);
    expect(refused(text, { atOnce: 9, clientAddress: "192.0.2.1" })).toEqual([]);
  });

  it("is possible as a finding", () => {
    const found = (count: number): readonly string[] =>
      findingsIn(loadText("apache", `<IfModule mod_evasive20.c>\nDOSPageCount ${count}\nDOSPageInterval 1\n</IfModule>\nProxyPass / http://127.0.0.1:9000/\n`)).map(({ rule, certainty, status }) => `${certainty} ${rule} ${status}`);
    expect(found(2)).toEqual(["possible rate-limit-too-tight 403"]);
    expect(found(50)).toEqual([]);
  });
});
