import { describe, expect, it } from "vitest";
import { cookieEntries, formEntries, jsonEntries, multipartParts, xmlAttributes } from "../src/model/bodies.ts";

// Texts that a quadratic reading would take minutes for, which the limit of a test would end.

describe("forms and queries", () => {
  it("decode names and values, keep repeated names, skip empty pairs", () => {
    expect(formEntries("a=1&a=2&&b+c=%41%20+&d&=e")).toEqual([["a", "1"], ["a", "2"], ["b c", "A  "], ["d", ""], ["", "e"]]);
    expect(formEntries("")).toEqual([]);
  });

  it("keep what cannot be decoded", () => {
    expect(formEntries("a=100%&b=%zz&c=%e9")).toEqual([["a", "100%"], ["b", "%zz"], ["c", "\uFFFD"]]);
  });

  it("take a megabyte in linear time", () => {
    expect(() => formEntries("a=b&".repeat(250_000))).not.toThrow();
    expect(() => formEntries("%41".repeat(350_000))).not.toThrow();
    expect(() => cookieEntries("a;".repeat(500_000))).not.toThrow();
  });
});

describe("cookies", () => {
  it("are cut at the first `=` and trimmed", () => {
    expect(cookieEntries(" a=1; b = x=y ;c;; d=")).toEqual([["a", "1"], ["b", "x=y"], ["c", ""], ["d", ""]]);
  });
});

describe("JSON", () => {
  it("names nested values by path, in the order of the text; arrays repeat their own name", () => {
    expect(jsonEntries('{"a":1,"o":{"b":true,"c":null},"l":["x",["y"]],"z":"end"}')).toEqual([
      ["a", "1"],
      ["o.b", "true"],
      ["o.c", ""],
      ["l.l", "x"],
      ["l.l.l", "y"],
      ["z", "end"],
    ]);
  });

  it("has entries for a lone scalar, none for what is no JSON", () => {
    expect(jsonEntries('"x"')).toEqual([["", "x"]]);
    expect(jsonEntries('["x"]')).toEqual([["", "x"]]);
    expect(jsonEntries('{"a":1,}')).toEqual([]);
    expect(jsonEntries("")).toEqual([]);
  });

  it("reads deep and wide texts in linear time", () => {
    const deep = '{"a":'.repeat(100_000) + "1" + "}".repeat(100_000);
    const arrays = `{"name":${"[".repeat(200_000)}1${"]".repeat(200_000)}}`;
    expect(() => expect(jsonEntries(deep)).toEqual([])).not.toThrow();
    expect(() => expect(jsonEntries(arrays)).toEqual([])).not.toThrow();
    expect(() => expect(jsonEntries(`[${"1,".repeat(500_000)}1]`)).toHaveLength(500_001)).not.toThrow();
    expect(() => jsonEntries(`{"${"k".repeat(500_000)}":[${"1,".repeat(200_000)}1]}`)).not.toThrow();
  });

  it("still reads five hundred levels", () => {
    expect(jsonEntries("[".repeat(512) + "7" + "]".repeat(512))).toEqual([["", "7"]]);
    expect(jsonEntries("[".repeat(513) + "7" + "]".repeat(513))).toEqual([]);
  });
});

describe("multipart", () => {
  const type = "multipart/form-data; boundary=XX";
  const part = (...lines: readonly string[]): string => ["--XX", ...lines, ""].join("\r\n");

  it("tells fields from files", () => {
    const body = `${part('Content-Disposition: form-data; name="a"', "", "one")}${part('Content-Disposition: form-data; filename="f.txt"; name="up"', "Content-Type: text/plain", "", "two")}--XX--\r\n`;
    expect(multipartParts(type, body)).toEqual([
      { name: "a", file: null, value: "one", headers: ['Content-Disposition: form-data; name="a"'] },
      { name: "up", file: "f.txt", value: "two", headers: ['Content-Disposition: form-data; filename="f.txt"; name="up"', "Content-Type: text/plain"] },
    ]);
  });

  it("keeps blank lines of a value, and reads the name from the disposition alone", () => {
    const body = `${part('Content-Type: text/plain; name="wrong"', 'Content-Disposition: form-data; name="right"', "", "a\n\nb\r\n\r\nc")}--XX--`;
    expect(multipartParts(type, body)).toMatchObject([{ name: "right", value: "a\n\nb\r\n\r\nc" }]);
  });

  it("has no parts without a boundary, a name or an end", () => {
    expect(multipartParts("multipart/form-data", "--XX\r\n\r\n--XX--")).toEqual([]);
    expect(multipartParts(type, `${part("X: y", "", "v")}--XX--`)).toEqual([]);
    expect(multipartParts(type, "no part")).toEqual([]);
    expect(multipartParts('multipart/form-data; boundary="X X"', "--X\r\n")).toEqual([]);
  });

  it("takes a megabyte in linear time", () => {
    expect(() => multipartParts("multipart/form-data; boundary=-", "-".repeat(1_000_000))).not.toThrow();
    expect(() => multipartParts(type, `--XX\r\n${"\r\n".repeat(400_000)}--XX--`)).not.toThrow();
    expect(() => multipartParts(type, `--XX\r\ncontent-disposition: ${'name="'.repeat(150_000)}\r\n\r\n--XX--`)).not.toThrow();
  });
});

describe("XML", () => {
  it("has the attributes of its tags", () => {
    expect(xmlAttributes(`<a x="1" y:z = '2'><!-- c="3" --><b/></a k="4">`)).toEqual([["x", "1"], ["y:z", "2"]]);
  });

  it("takes a megabyte in linear time", () => {
    expect(() => xmlAttributes(`<a ${"b".repeat(1_000_000)}>`)).not.toThrow();
    expect(() => xmlAttributes("<".repeat(1_000_000))).not.toThrow();
    expect(() => xmlAttributes(`<a b${" ".repeat(1_000_000)}>`)).not.toThrow();
  });
});
