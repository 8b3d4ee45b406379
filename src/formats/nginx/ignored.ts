import type { Evidence } from "../../model/program.ts";
import type { Context } from "./context.ts";
import { evidence } from "./context.ts";
import type { Directive } from "./parse.ts";

/** Directives that leave a request as it is, by what they are about. */
const HARMLESS: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^(?:access_log|error_log|log_format|log_not_found|log_subrequest|open_log_file_cache|rewrite_log|.*_log(?:_level|_format)?)$/, "only writes logs"],
  [/^(?:add_header|add_header_inherit|add_trailer|expires|etag|charset.*|default_type|types|types_hash_.*|more_(?:set|clear)_headers|server_tokens|source_charset|override_charset|if_modified_since)$/, "changes the answer only"],
  [/^(?:gzip.*|gunzip.*|brotli.*|zstd.*|sub_filter.*|ssi.*|image_filter.*|xslt_.*|xml_.*|addition_.*|add_(?:before|after)_body)$/, "changes the answer's body only"],
  [/^(?:ssl_.*|ssl|http2.*|http3.*|quic.*|resolver.*|.*_ssl_.*)$/, "is about the connection, not the request"],
  [/^(?:keepalive.*|sendfile.*|tcp_.*|aio.*|directio.*|output_buffers|postpone_output|lingering_.*|reset_timedout_connection|send_timeout|send_lowat|connection_pool_size|request_pool_size|read_ahead|max_ranges|limit_rate.*|client_header_.*|client_body_.*|open_file_cache.*|disable_symlinks|chunked_transfer_encoding|server_names_hash_.*|variables_hash_.*|map_hash_.*|subrequest_output_buffer_size|.*_hash_(?:max|bucket)_size)$/, "is about speed and memory"],
  [/^include$/, "its name says that it holds settings, which hand nothing on"],
  [/^(?:worker_.*|user|pid|daemon|master_process|events|use|multi_accept|accept_mutex.*|env|load_module|timer_resolution|thread_pool|pcre_jit|debug_.*|lock_file|stream|mail|working_directory)$/, "is about the server's process"],
  [/^(?:upstream|server|zone|ip_hash|least_conn|least_time|hash|random|keepalive_.*|queue|sticky.*|health_check.*|match|check.*|max_fails|fail_timeout|resolve|state|ntlm|random)$/, "chooses among upstream servers"],
  [/^(?:proxy|fastcgi|uwsgi|scgi|grpc|memcached)_(?:cache.*|buffer.*|busy_.*|max_temp_.*|temp_.*|store.*|no_cache|force_ranges|ignore_.*|hide_header|pass_header|redirect|cookie_.*|connect_timeout|read_timeout|send_timeout|next_upstream.*|bind|socket_keepalive|http_version|limit_rate|intercept_errors|headers_hash.*|index|split_path_info|catch_stderr|keep_conn|request_buffering|method|send_lowat|param|set_header|pass_request_.*|set_body|string|modifier.*|allow_upstream)$/, "is about the upstream and its answer"],
  [/^(?:.*_cache_path|cache_.*|keyval.*|passenger_.*|slice|secure_link.*|secure_link_md5|userid.*|geoip.*|geoip2.*|perl_.*|js_.*|lua_.*|init_.*_by_lua.*|log_by_lua.*|header_filter_by_lua.*|body_filter_by_lua.*|balancer_by_lua.*|ssl_.*_by_lua.*|.*_set|set_.*)$/, "prepares values, refuses nothing"],
  [/^(?:real_ip_.*|set_real_ip_from|port_in_redirect|absolute_redirect|server_name_in_redirect|merge_slashes|msie_.*|recursive_error_pages|satisfy|auth_basic_user_file|auth_delay|uninitialized_variable_warn|underscores_in_headers|ignore_invalid_headers|listen|server_name|root|index|autoindex.*|random_index|internal|default|mirror.*|limit_conn.*|limit_req.*|stub_status|min_delete_depth|create_full_put_path|dav_access|valid_referers|referer_hash_.*|ancient_browser.*|modern_browser.*|error_page|try_files|large_client_header_buffers|auth_.*)$/, "does not stop a POST here"],
  [/^(?:modsecurity.*|Sec.*|BasicRule|MainRule|CheckRule|DeniedUrl|LearningMode|app_protect_.*)$/, "belongs to a firewall, which is judged on its own"],
  [/^(?:health_check|status_zone|track_uploads|report_uploads|upload_progress.*|api|dashboard|vhost_traffic_.*|opentracing.*|otel_.*|opentelemetry.*|jaeger.*|zipkin.*)$/, "only observes"],
];

/** Directives that decide about requests, and that no server or location here comes to use. */
const UNREACHED = /^(?:set|return|rewrite|break|deny|allow|auth_basic|auth_request|.*_pass|alias|client_max_body_size|map|geo)$/;

function reasonFor(directive: Directive): string {
  const name = directive.name.value;
  if (UNREACHED.test(name)) return "is not in force where a request can come";
  return HARMLESS.find(([pattern]) => pattern.test(name))?.[1] ?? "not known to touch a request";
}

/** Blocks whose rows are data: their rows are no directives of their own. */
const ROWS: ReadonlySet<string> = new Set(["types", "map", "geo", "split_clients", "charset_map", "upstream", "events", "stream", "mail", "match"]);

/** Every directive that did not become part of the program, with the reason why it cannot matter. */
export function ignoredDirectives(context: Context, used: ReadonlySet<Directive>): readonly Evidence[] {
  return context.items.flatMap(({ directive, block }) => {
    const inner = block === null || ROWS.has(directive.name.value) ? [] : ignoredDirectives(block, used);
    const structural = block !== null && ["http", "server", "location", "if", "limit_except"].includes(block.kind);
    if (used.has(directive) || structural) return inner;
    return [evidence(directive, reasonFor(directive)), ...inner];
  });
}
