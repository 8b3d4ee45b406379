/** Blocks that tell what may stand in them; an `if` is that of a server or of a location, or of either where that is not known. */
export type Enclosing = "http" | "server" | "location" | "if" | "server if" | "location if" | "limit_except";

/** Where directives may stand, as nginx itself says it. Only what this table names is judged. */
const rows: readonly (readonly [allowed: readonly Enclosing[], names: string])[] = [
  [[], "worker_processes user pid events http daemon load_module worker_rlimit_nofile"],
  [["http"], "limit_req_zone limit_conn_zone map geo split_clients upstream log_format proxy_cache_path fastcgi_cache_path uwsgi_cache_path scgi_cache_path charset_map map_hash_bucket_size map_hash_max_size variables_hash_max_size server_names_hash_bucket_size server_names_hash_max_size server"],
  [["server"], "listen server_name"],
  [["http", "server"], "client_header_timeout client_header_buffer_size large_client_header_buffers underscores_in_headers ignore_invalid_headers merge_slashes ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers"],
  [["location"], "limit_except internal alias"],
  [["server", "location"], "location if try_files valid_referers stub_status"],
  [["server", "location", "server if", "location if"], "return rewrite set break"],
  [["location", "location if", "limit_except"], "proxy_pass"],
  [["location", "location if"], "fastcgi_pass uwsgi_pass scgi_pass grpc_pass memcached_pass"],
  [["http", "server", "location", "location if"], "add_header expires root error_page limit_rate gzip sendfile"],
  [["http", "server", "location", "location if", "limit_except"], "access_log"],
  [["http", "server", "location", "limit_except"], "auth_basic auth_basic_user_file allow deny"],
  [
    ["http", "server", "location"],
    "client_max_body_size client_body_buffer_size client_body_timeout proxy_set_header proxy_http_version proxy_cache proxy_cache_valid proxy_cache_bypass proxy_no_cache proxy_cache_key proxy_cache_use_stale proxy_read_timeout proxy_send_timeout proxy_connect_timeout proxy_buffering proxy_buffer_size proxy_buffers proxy_redirect proxy_hide_header proxy_pass_header proxy_request_buffering proxy_intercept_errors proxy_next_upstream fastcgi_param fastcgi_index fastcgi_cache fastcgi_cache_valid fastcgi_cache_bypass fastcgi_no_cache fastcgi_read_timeout fastcgi_split_path_info fastcgi_intercept_errors uwsgi_param limit_req limit_conn limit_req_status auth_request satisfy index autoindex default_type keepalive_timeout server_tokens resolver sub_filter real_ip_header set_real_ip_from",
  ],
];

/** Every directive that is judged, with the blocks it may stand in. */
export const allowed: ReadonlyMap<string, ReadonlySet<Enclosing>> = new Map(rows.flatMap(([blocks, names]) => names.split(" ").map((name) => [name, new Set(blocks)] as const)));

/** Whether a directive may stand in a block; what the table does not name may. */
export function mayStand(name: string, enclosing: Enclosing): boolean {
  const blocks = allowed.get(name);
  if (blocks === undefined) return true;
  return enclosing === "if" ? blocks.has("server if") || blocks.has("location if") : blocks.has(enclosing);
}
