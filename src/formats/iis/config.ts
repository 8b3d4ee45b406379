import { all, always, any, testText, type Condition } from "../../model/condition.ts";
import { fieldValue, text } from "../../model/template.ts";
import type { SourceFile, Span } from "../../source.ts";
import { attribute, named, valueOf, type Element } from "./xml.ts";

/** Settings for a folder of the site: a `web.config` in it, or a `<location>`. */
export interface Layer {
  /** The URL of the folder, without a slash at its end; empty for the site itself. */
  readonly folder: string;
  /** Holds the sections: `<configuration>` or `<location>`. */
  readonly root: Element;
}

/** A folder with settings of its own, and every layer that applies there, the site's own first. */
export interface Place {
  readonly folder: string;
  readonly layers: readonly Layer[];
  readonly at: Span;
}

/** A section as one layer has it. */
export interface Section {
  readonly element: Element;
  readonly layer: Layer;
}

/** One entry of a collection, and the layer it comes from. */
export type Entry = Section;

/** The layers of one file, the file's own first: `folder` is where the file lies in the site. */
export function layersOf(configuration: Element, folder: string): readonly Layer[] {
  const locations = named(configuration, "location").map((location): Layer => ({ folder: below(folder, valueOf(location, "path") ?? ""), root: location }));
  return [{ folder, root: configuration }, ...locations];
}

/** The URL of a folder inside another. */
export function below(folder: string, path: string): string {
  const name = path.replaceAll("\\", "/").replace(/^(?:\.?\/)+|\/+$|^\.$/g, "");
  return name === "" ? folder : `${folder}/${name}`;
}

/** Every folder with settings of its own, the deepest first; the site itself is always one. */
export function placesOf(layers: readonly Layer[], file: SourceFile): readonly Place[] {
  const folders = [...new Map([{ folder: "" }, ...layers].map(({ folder }) => [folder.toLowerCase(), folder])).values()];
  const places = folders.map((folder): Place => {
    const own = layers.filter((layer) => isWithin(folder, layer.folder)).toSorted((a, b) => a.folder.length - b.folder.length);
    return { folder, layers: own, at: own.at(-1)?.root.at ?? { file, start: 0, end: 0 } };
  });
  return places.toSorted((a, b) => b.folder.length - a.folder.length);
}

/** IIS compares paths without case. */
function isWithin(folder: string, other: string): boolean {
  const [inner, outer] = [folder.toLowerCase(), other.toLowerCase()];
  return inner === outer || inner.startsWith(`${outer}/`);
}

/** The request is for this folder or something in it. */
export function under(folder: string, at: Span): Condition {
  if (folder === "") return always;
  const path = fieldValue("path");
  return any(
    testText(path, { kind: "startsWith", value: text(`${folder}/`), ignoreCase: true }, at),
    testText(path, { kind: "equals", value: text(folder), ignoreCase: true }, at),
  );
}

/** The request is for something in this folder. */
export function inside(folder: string, at: Span): Condition {
  return folder === "" ? all() : testText(fieldValue("path"), { kind: "startsWith", value: text(`${folder}/`), ignoreCase: true }, at);
}

/** A section in every layer that has it, the site's own first: `system.webServer/security/authorization`. */
export function sections(place: Place, path: string): readonly Section[] {
  const names = path.split("/");
  return place.layers.flatMap((layer) => {
    const found = names.reduce<readonly Element[]>((elements, name) => elements.flatMap((element) => named(element, name)), [layer.root]);
    return found.map((element) => ({ element, layer }));
  });
}

/** A setting as the last section that has it says, and where. */
export function setting(of: readonly Section[], name: string): { readonly value: string; readonly by: Element } | null {
  const by = of.findLast(({ element }) => attribute(element, name) !== undefined)?.element;
  return by === undefined ? null : { value: valueOf(by, name) ?? "", by };
}

/** A boolean setting; `otherwise` where nobody sets it. */
export function flag(of: readonly Section[], name: string, otherwise: boolean): boolean {
  const set = setting(of, name);
  return set === null ? otherwise : set.value.toLowerCase() === "true";
}

/** A setting that is a whole number; null where none is set, or a template stands for it. */
export function count(of: readonly Section[], name: string): { readonly value: number; readonly by: Element } | null {
  const set = setting(of, name);
  return set === null || !/^\d{1,12}$/.test(set.value) ? null : { value: Number(set.value), by: set.by };
}

/**
 * The entries of a collection after every `<clear/>` and `<remove/>`, in order; `key` names the attributes that tell
 * entries apart.
 */
export function collection(of: readonly Section[], key: readonly string[], adding = "add"): readonly Entry[] {
  let entries: Entry[] = [];
  const keyOf = (element: Element): string => key.map((name) => valueOf(element, name) ?? "").join("\n").toLowerCase();
  for (const { element: section, layer } of of) {
    for (const element of section.children) {
      if (element.name === "clear") entries = [];
      else if (element.name === "remove") entries = entries.filter((one) => keyOf(one.element) !== keyOf(element));
      else if (element.name === adding) entries.push({ element, layer });
    }
  }
  return entries;
}

/** Whether a default of the server is taken away: by a `<clear/>`, or a `<remove/>` with these values. */
export function takesAway(of: readonly Section[], values: Readonly<Record<string, string>>): boolean {
  const removes = (element: Element): boolean => Object.entries(values).every(([name, value]) => (valueOf(element, name) ?? "").toLowerCase() === value.toLowerCase());
  return of.some(({ element }) => element.children.some((child) => child.name === "clear" || (child.name === "remove" && removes(child))));
}

/** The words of a list such as `GET, HEAD`. */
export function words(list: string | undefined): readonly string[] {
  return (list ?? "").split(",").map((word) => word.trim()).filter(Boolean);
}
