import { all, test } from "../../model/condition.ts";
import type { Chain, Gate } from "../../model/program.ts";
import { text } from "../../model/template.ts";
import { because, deny, gate, latestFirst } from "./gates.ts";
import type { Layer } from "./layer.ts";
import { named, valuesOf } from "./layer.ts";

/** LimitRequestBody: the last section that sets it decides, 0 lifts it. Read when the handler reads the body. */
export function limitChains(layers: readonly Layer[]): readonly Chain[] {
  const having = layers.filter((layer) => named(layer, "limitrequestbody").length > 0);
  return having.length === 0 ? [] : [{ name: "body", gates: latestFirst(having, bodyGates) }];
}

function bodyGates(layer: Layer): readonly Gate[] {
  const placed = named(layer, "limitrequestbody").at(-1);
  if (placed === undefined) return [];
  const limit = Number.parseInt(valuesOf(placed)[0] ?? "0", 10) || 0;
  if (limit <= 0) return [];
  const { span } = placed.node;
  const above = test("bodyBytes", { kind: "number", is: ">", value: text(String(limit)) }, span);
  return [deny(all(layer.when, placed.guard, above), 413, because(span, `allows ${limit} bytes`), "body-size")];
}

/** Request headers that are taken away or changed before the application sees them. */
export function headerChains(layers: readonly Layer[]): readonly Chain[] {
  const gates = layers.flatMap((layer) => named(layer, "requestheader").flatMap((placed) => headerGates(layer, placed)));
  return gates.length === 0 ? [] : [{ name: "request headers", gates }];
}

function headerGates(layer: Layer, placed: Layer["placed"][number]): readonly Gate[] {
  const words = valuesOf(placed).filter((word) => word.toLowerCase() !== "early");
  const [action = "", name = "", value = ""] = words;
  const header = name.toLowerCase().replace(/:$/, "");
  const { span } = placed.node;
  const condition = words.slice(action.toLowerCase() === "unset" ? 2 : 3).find((word) => /^(env=|expr=)/i.test(word));
  const when = all(layer.when, placed.guard);
  const guarded = condition === undefined ? when : all(when, { kind: "unknown", key: condition, why: `whether ${condition} holds`, reads: "anything", at: span });
  const why = because(span, "changes what the application sees");
  if (action.toLowerCase() === "unset") {
    const body: readonly Gate[] = header === "content-length" ? [gate(guarded, { kind: "alter", what: "body", value: null }, why, "none")] : [];
    return [gate(guarded, { kind: "alter", what: `header:${header}`, value: null }, why, "none"), ...body];
  }
  if (action.toLowerCase() !== "set" || value.includes("%")) return [];
  return [gate(guarded, { kind: "alter", what: `header:${header}`, value: text(value) }, why, "none")];
}
