import type { Endpoint } from "../model/program.ts";

/** An application, how its name shows in a configuration, and where it takes POSTs that nobody means to close. */
export interface Application {
  readonly name: string;
  readonly shows: RegExp;
  /** Folders of its own, in which its addresses do not begin. */
  readonly inner?: RegExp;
  readonly takes: readonly string[];
}

/** Applications that configurations often speak of. */
export const applications: readonly Application[] = [
  {
    name: "WordPress",
    shows: /\bBEGIN WordPress\b|\bwp-(?:login|comments-post\\?|cron|config)\.php\b|\bwp-(?:admin|content|includes)\//,
    inner: /(?:^|\/)wp-(?:content|includes)\//,
    takes: ["wp-login.php", "wp-comments-post.php", "wp-admin/admin-ajax.php", "wp-admin/async-upload.php", "wp-admin/admin-ajax.php?ids[]=1&ids[]=2", "wp-admin/post.php", "wp-json/wp/v2/comments", "xmlrpc.php"],
  },
  { name: "Drupal", shows: /\bDrupal\b|\bsites\/default\/files\b/i, inner: /(?:^|\/)sites\/[^/]+\/files\//, takes: ["user/login", "contact", "system/ajax"] },
  { name: "Joomla", shows: /\bJoomla\b|\bcom_[a-z]+&|option=com_/i, inner: /(?:^|\/)(?:administrator|components|images|media)\/[^/]*$/, takes: ["index.php", "administrator/index.php", "index.php?option=com_users&task=user.login"] },
  { name: "Laravel", shows: /\bLaravel\b|# Handle X-XSRF-Token Header/i, takes: ["login", "register", "api/orders"] },
  { name: "MediaWiki", shows: /\bMediaWiki\b/i, inner: /(?:^|\/)(?:images|extensions|skins)\/[^/]*$/, takes: ["index.php?title=Special:UserLogin", "api.php"] },
  { name: "Magento", shows: /\bMagento\b|\bmage_run_code\b/i, inner: /(?:^|\/)(?:media|static)\/[^/]*$/, takes: ["customer/account/loginPost/", "checkout/cart/add/"] },
];

/** Scripts to which visitors of WordPress send forms: who shuts them shuts them for everybody. */
const forVisitors = /(?:^|\/)(?:wp-comments-post|admin-ajax)\.php$/;

/** Whether visitors of a site send forms to this address of an application. */
export function isForVisitors(address: string): boolean {
  return forVisitors.test(address);
}

/** An address of an application as one that takes POSTs. */
export function takenBy({ name }: Application, address: string): Endpoint {
  const [path = "/", query = ""] = address.split("?");
  return { path, query, application: name, ...(isForVisitors(address) ? { ofVisitors: true } : {}) };
}
