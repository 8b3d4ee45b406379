import type { Format } from "../format.ts";
import { kong } from "./kong.ts";
import { kubernetes, yaml } from "./kubernetes.ts";

/** Every API gateway whose configuration is read, in the order in which they are asked. */
export const gatewayFormats: readonly Format[] = [kong, kubernetes, yaml];
