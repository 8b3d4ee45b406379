import { describe, expect, it } from "vitest";
import { edgesOfNetwork, inNetworks, parseNetwork } from "../src/model/network.ts";
import { normalisePath, percentDecode } from "../src/model/path.ts";
import { isTransform, transform, type Transform } from "../src/model/transform.ts";

describe("networks", () => {
  it("are read with a prefix, a mask or alone", () => {
    expect(parseNetwork("10.0.0.0/8")).toEqual({ address: "10.0.0.0", prefix: 8, family: "ipv4" });
    expect(parseNetwork("10.0.0.0/255.255.0.0")).toMatchObject({ prefix: 16 });
    expect(parseNetwork("0.0.0.0/0.0.0.0")).toMatchObject({ prefix: 0 });
    expect(parseNetwork("192.0.2.1")).toMatchObject({ prefix: 32 });
    expect(parseNetwork("2001:db8::/32")).toEqual({ address: "2001:db8::", prefix: 32, family: "ipv6" });
    expect(parseNetwork("::1")).toMatchObject({ prefix: 128 });
  });

  it("are none when anything is odd", () => {
    const odd = ["", "all", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/8/8", "10.0.0.0/0x8", "10.0.0.0/ 8", "10.0.0.0/255.0.255.0", "::1/255.0.0.0", "::/129", "10.0.0", "fe80::1%eth0", "10.1.1.1/8.5"];
    expect(odd.filter((block) => parseNetwork(block) !== null)).toEqual([]);
  });

  it("hold their addresses from the first to the last", () => {
    const blocks = ["10.1.2.3/24", "192.0.2.1", "2001:db8::/32"];
    const inside = ["10.1.2.0", "10.1.2.255", "192.0.2.1", "2001:db8::1", "2001:0DB8:ffff::", "::ffff:10.1.2.9"];
    const outside = ["10.1.1.255", "10.1.3.0", "192.0.2.2", "2001:db9::", "text", "", "10.1.2", "fe80::1%eth0", "::ffff:10.1.3.0"];
    expect(inside.filter((address) => !inNetworks(address, blocks))).toEqual([]);
    expect(outside.filter((address) => inNetworks(address, blocks))).toEqual([]);
    expect(inNetworks("203.0.113.7", ["0.0.0.0/0"])).toBe(true);
    expect(inNetworks("203.0.113.7", ["::/0", "all", "203.0.113.7/33"])).toBe(false);
  });

  it("have edges and neighbours", () => {
    expect(edgesOfNetwork("10.0.0.77/24")).toEqual(["10.0.0.0", "10.0.0.255", "9.255.255.255", "10.0.1.0"]);
    expect(edgesOfNetwork("0.0.0.0/0")).toEqual(["0.0.0.0", "255.255.255.255"]);
    expect(edgesOfNetwork("255.255.255.255")).toEqual(["255.255.255.255", "255.255.255.255", "255.255.255.254"]);
    expect(edgesOfNetwork("2001:db8::ff/120")).toEqual(["2001:db8:0:0:0:0:0:0", "2001:db8:0:0:0:0:0:ff", "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db8:0:0:0:0:0:100"]);
    expect(edgesOfNetwork("::ffff:10.0.0.1")).toContain("0:0:0:0:0:ffff:a00:1");
    expect(edgesOfNetwork("nonsense")).toEqual([]);
  });
});

describe("paths", () => {
  it.each([
    ["/", "/"],
    ["/a/b", "/a/b"],
    ["//a///b//", "/a/b/"],
    ["/a/./b", "/a/b"],
    ["/a/../b", "/b"],
    ["/a/b/..", "/a/"],
    ["/a/.", "/a/"],
    ["/..", "/"],
    ["/../../a", "/a"],
    ["/a//../b", "/b"],
    ["/%61/%2e%2e/b", "/b"],
    ["/a%2Fb", "/a/b"],
    ["/a%252e", "/a%2e"],
    ["/.hidden/..x/...", "/.hidden/..x/..."],
    ["/100%/%zz/%4", "/100%/%zz/%4"],
    ["/%c3%a9", "/é"],
    ["/%ff", "/\uFFFD"],
  ])("%s is %s", (sent, seen) => {
    expect(normalisePath(sent)).toBe(seen);
  });

  it("are the same when normalised again, unless they were encoded twice", () => {
    for (const path of ["/a/./b//c/../d", "/..//.", "/x/%2e/"]) expect(normalisePath(normalisePath(path))).toBe(normalisePath(path));
  });

  it("come to an end with a megabyte", () => {
    for (const piece of ["/..", "/.", "//", "/a/..", "%2e/", "%"]) expect(normalisePath(`/${piece.repeat(1_000_000 / piece.length)}`)).toMatch(/^\//);
  });

  it("decode runs of bytes together", () => {
    expect(percentDecode("%e2%82%ac%41")).toBe("€A");
    expect(percentDecode("%e2x%82%ac")).toBe("\uFFFDx\uFFFD\uFFFD");
  });
});

describe("transforms", () => {
  const rows: readonly (readonly [Transform, string, string])[] = [
    ["lowercase", "ÄbC", "äbc"],
    ["uppercase", "abc", "ABC"],
    ["trim", " a b\t", "a b"],
    ["trimLeft", " a ", "a "],
    ["trimRight", " a ", " a"],
    ["length", "é1", "3"],
    ["urlDecode", "a+b%41%zz%", "a bA%zz%"],
    ["urlDecodeUni", "%u0041%41+", "AA "],
    ["htmlEntityDecode", "&lt;&#x41;&#66;&AMP;&constructor;&#99999999999;&nope", "<AB&&constructor;&nope"],
    ["jsDecode", "\\x41\\u0042\\103\\n\\q", "ABC\nq"],
    ["cssDecode", "\\41 \\000042c\\z", "ABcz"],
    ["cmdLine", 'C^"M"d  /c; x (y', "cmd/c x(y"],
    ["removeNulls", "a\0b", "ab"],
    ["replaceNulls", "a\0b", "a b"],
    ["removeWhitespace", " a\t\u00A0b\n", "ab"],
    ["compressWhitespace", "a \t\n b", "a b"],
    ["removeComments", "a/*x*/b--c", "ab"],
    ["replaceComments", "a/*x*/b/*open", "a b "],
    ["removeCommentsChar", "a/*x*/--#", "ax"],
    ["normalizePath", "/a/./b/../c//d", "/a/c/d"],
    ["normalizePath", "../../etc/%70asswd", "../../etc/%70asswd"],
    ["normalizePath", "/../a/", "/a/"],
    ["normalizePath", "a/../../b", "../b"],
    ["normalizePathWin", "\\a\\..\\b", "/b"],
    ["utf8toUnicode", "aé", "a%u00e9"],
    ["escapeSeqDecode", "\\t\\101", "\tA"],
    ["base64Decode", "YWI=", "ab"],
    ["base64Encode", "ab", "YWI="],
    ["hexDecode", "6162", "ab"],
    ["hexEncode", "ab", "6162"],
    ["sha1", "", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
    ["md5", "", "d41d8cd98f00b204e9800998ecf8427e"],
    ["utf8Bytes", "é", "\u00C3\u00A9"],
  ];

  it.each(rows)("%s of %j is %j", (by, before, after) => {
    expect(transform(before, by)).toBe(after);
  });

  it("know their names", () => {
    expect(isTransform("lowercase")).toBe(true);
    expect(isTransform("constructor")).toBe(false);
    expect(isTransform("Lowercase")).toBe(false);
  });

  it("are total and come to an end with hard texts", () => {
    const hard = ["%", "&#", "\\", "/*", "--", "<", " ", "..", "../", "\\u", "%u", "\uD800", "a;"];
    for (const by of new Set(rows.map(([name]) => name))) for (const piece of hard) expect(typeof transform(piece.repeat(60_000), by)).toBe("string");
  }, 40_000);
});
