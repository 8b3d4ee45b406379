import type { Evidence } from "../../../model/program.ts";
import type { Problem, SourceFile, Span } from "../../../source.ts";
import type { Maybe, TreeNode } from "../../tree.ts";

/** What can be referred to: by name (`username` for consumers) or by id. */
export interface Named {
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly node: TreeNode;
  /** The name where it is written, else where the entity begins. */
  readonly at: Span;
}

export interface Service extends Named {
  readonly enabled: boolean;
}

export interface Route extends Named {
  /** `none`: Kong answers 503 unless a plugin answers; `elsewhere`: refers to a service that is not in these files. */
  readonly service: Service | "none" | "elsewhere";
  /** `_info.defaults.route` of its file (decK). */
  readonly defaults: Maybe;
}

/** What a plugin is limited to; nothing set means every request. */
export interface Target {
  readonly service?: Service;
  readonly route?: Route;
  /** Names of consumers, and of consumer groups, also of ones that are not in these files. */
  readonly consumer?: string;
  readonly consumerGroup?: string;
}

/** One plugin configured for a target. */
export interface Plugin {
  readonly name: string;
  readonly at: Span;
  readonly node: TreeNode;
  readonly target: Target;
  /** `undefined` when a template decides. */
  readonly enabled: boolean | undefined;
  readonly config: Maybe;
  /** The `_plugin_configs` entry it builds on (decK). */
  readonly shared: Maybe;
}

export interface Group {
  readonly name: string;
  readonly at: Span;
}

export interface Consumer extends Named {
  /** ACL groups. */
  readonly groups: readonly Group[];
  readonly consumerGroups: readonly string[];
  /** Kinds of credentials, by the key they stand under: `keyauth_credentials`. */
  readonly credentials: readonly string[];
}

/** Everything Kong would load from one set of declarative files. */
export interface Configuration {
  readonly files: readonly SourceFile[];
  /** The `_format_version` of the first file. */
  readonly at: Span;
  readonly version: string;
  readonly routes: readonly Route[];
  readonly plugins: readonly Plugin[];
  readonly consumers: readonly Consumer[];
  readonly consumerNamed: ReadonlyMap<string, Consumer>;
  /** Every ACL group that some consumer has. */
  readonly groups: ReadonlySet<string>;
  /** Every kind of credential that some consumer has. */
  readonly credentials: ReadonlySet<string>;
  /** Whether the consumers that may call are in these files; otherwise nobody knows who has which group. */
  readonly listsConsumers: boolean;
  /** Why Kong may have routes that are not in these files; null when the files hold them all. */
  readonly otherRoutes: string | null;
  readonly ignored: readonly Evidence[];
  readonly missing: readonly Evidence[];
  readonly problems: readonly Problem[];
}
