import fc from "fast-check";
import type { Text } from "./texts.ts";
import { joined, maybe, one } from "./texts.ts";

/** Settings that leave a request as it is, whatever they do to its answer, to speed or to memory. */
const harmless: Text = one(
  "proxy_intercept_errors on;", "proxy_redirect off;", "proxy_redirect http://%U/ /;", "proxy_buffering off;", "proxy_http_version 1.1;", "proxy_next_upstream off;", "proxy_hide_header X-B;", "proxy_cookie_path / /a;",
  "client_body_buffer_size 1;", "client_body_in_file_only clean;", "client_body_in_single_buffer on;", "client_body_timeout 5s;", "lingering_close off;", "keepalive_timeout 0;",
  "ssi on;", "add_before_body /none;", "add_after_body /file.txt;", "sub_filter a b;", "gzip on;", "gunzip on;", "gzip_static on;", "expires 1d;", "add_header X-A $uri always;", "etag off;", "if_modified_since off;", "default_type text/html;", "types { }",
  "log_not_found off;", "access_log off;", "log_subrequest on;", "rewrite_log on;", "open_file_cache max=10;", "sendfile on;", "chunked_transfer_encoding off;", "limit_rate 100k;", "msie_refresh on;", "auth_delay 1ms;",
  "limit_conn conn 50;", "limit_conn_status 429;", "server_tokens off;", "proxy_ignore_client_abort on;", "proxy_force_ranges on;", "max_ranges 0;", "slice 1k;", "userid on;",
);

/** How a redirect to a path is made absolute, which nobody compares. */
const redirects: Text = one("absolute_redirect off;", "port_in_redirect off;", "server_name_in_redirect on;");

/** Limits that the first request never meets. */
const rates: Text = joined(one("limit_req zone=rate%N;", "limit_req zone=rate%N burst=1 nodelay;", "limit_req zone=rate%N nodelay;", "limit_req zone=posts%N;"), maybe(2, one("limit_req_status 429;", "limit_req_status 410;", "limit_req_status 444;", "limit_req_dry_run on;")));

const links: Text = one("secure_link $arg_k;", "secure_link $arg_k,$arg_x;", "secure_link $cookie_s;", "").map((link) => (link === "" ? "secure_link_secret word;" : `${link} secure_link_md5 x$uri;`));

const proxies: Text = joined(
  one("set_real_ip_from 127.0.0.1;", "set_real_ip_from 127.0.0.0/8; set_real_ip_from 10.0.0.0/8;", "set_real_ip_from 0.0.0.0/0;", "set_real_ip_from unix:; set_real_ip_from 10.0.0.0/8;"),
  one("", "real_ip_header X-Forwarded-For;", "real_ip_header X-Forwarded-For; real_ip_recursive on;", "real_ip_header X-Name;", "real_ip_recursive on;"),
);

/** Settings of modules that other parts of a scene do not speak of. */
export const modules: Text = joined(maybe(3, harmless), maybe(12, redirects), maybe(40, rates), maybe(15, links), maybe(12, proxies));

/** What an application is told by name: nothing, unless it is said. */
const told = (protocol: string, method: string): string =>
  `${protocol}_param REQUEST_METHOD ${method}; ${protocol}_param DOCUMENT_URI $document_uri; ${protocol}_param QUERY_STRING $args; ${protocol === "uwsgi" ? "uwsgi_param CONTENT_LENGTH $content_length; " : ""}${protocol}_param HTTP_X_NAME $arg_k;`;

/** Applications that do not speak plain HTTP. */
export const gateways: Text = fc.oneof(
  one(`scgi_pass %C; ${told("scgi", "$request_method")}`, `scgi_pass %C; ${told("scgi", "PUT")} scgi_pass_request_body off;`, `scgi_pass %C; ${told("scgi", "$request_method")} scgi_param HTTP_X_B $content_length;`),
  one(`uwsgi_pass %I; ${told("uwsgi", "$request_method")}`, `uwsgi_pass uwsgi://%I; ${told("uwsgi", "$request_method")} uwsgi_param HTTP_X_B $uri;`),
  one("grpc_pass %G;", "grpc_pass grpc://%G; grpc_set_header X-B $uri;", 'grpc_pass %G; grpc_set_header Content-Type ""; grpc_set_header X-Name a;'),
);

/** What those need beside the server. */
export const zones = "limit_req_zone $binary_remote_addr zone=rate%N:32k rate=1r/m; limit_req_zone $posted%N zone=posts%N:32k rate=1r/m; map $request_method $posted%N { POST $remote_addr; } split_clients $remote_addr$uri $share%N { 30% a; 0.5% 1; * x; }";
export const mirrors: Text = fc.oneof({ weight: 3, arbitrary: one("mirror /auth/ok;", "mirror /auth/no;") }, { weight: 1, arbitrary: one("mirror /auth/ok; mirror_request_body off;", "mirror off;", "mirror /auth/denied; mirror /auth/file;") });
