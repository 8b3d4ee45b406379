import fc from "fast-check";
import type { Text } from "./texts.ts";
import { joined, one } from "./texts.ts";

const atom: Text = fc.oneof(
  { weight: 5, arbitrary: one("%{REQUEST_METHOD} == 'POST'", "%{REQUEST_METHOD} != 'POST'", "%{REQUEST_METHOD} in {'POST', 'PUT'}", "%{REQUEST_URI} =~ m#^/(api|sub)#", "%{REQUEST_URI} =~ /\\.php$/", "%{REQUEST_METHOD} =~ /^p/i", "! %{REQUEST_URI} -strmatch '/sub/*'", "tolower(%{REQUEST_METHOD}) == 'post'", "-n req('X-Test')", "%{HTTP:X-Test} == 'yes'") },
  { weight: 2, arbitrary: one("%{REMOTE_ADDR} -ipmatch '127.0.0.0/8'", "-R '10.0.0.0/8'", "%{QUERY_STRING} =~ /x=(\\d)/ && $1 -gt 1", "-z %{QUERY_STRING}", "%{HTTP_HOST} -strcmatch 'C*'", "http('Content-Length') -ge 3", "true", "false", "-T env('flag')", "reqenv('flag') == '1'", "-f %{REQUEST_FILENAME}", "-d %{REQUEST_FILENAME}", "-e '%R/api.php'", "%{HTTP_USER_AGENT} =~ /curl/", "'x' < 'y'", "%{THE_REQUEST} =~ m#^POST /#") },
  { weight: 1, arbitrary: one("%{REQUEST_STATUS} -eq 403", "%{HTTPS} == 'on'", "%{IS_SUBREQ} == 'true'", "%{CONTENT_TYPE} == 'application/json'", "%{HANDLER} == 'cgi-script'", "%{DOCUMENT_ROOT} == '%R'", "%{SCRIPT_FILENAME} =~ /index/", "toupper('post') == %{REQUEST_METHOD}", "-F '%R/api.php'", "-U '/api.php'", "%{REMOTE_USER} == 'u'", "%{PATH_INFO} == '/more'", "-s %{REQUEST_FILENAME}", "%{REQUEST_URI} -fnmatch '/*.php'", "'%{REQUEST_METHOD}' == 'POST'", "'a.%{REQUEST_METHOD}' == 'a.POST'", "%{REQUEST_METHOD} . 'x' == 'POSTx'", "%{HTTP_COOKIE} =~ /s=1/", "unescape('%2f') == '/'", "%{REQUEST_URI} =~ m|^/sub|", "%{SERVER_PORT} -eq %P", "escape(' ') == '%20'", "base64('a') == 'YQ=='", "-x '%R/api.php'", "-L '%R/api.php'", "%{REQUEST_SCHEME} == 'http'", "%{SERVER_NAME} == 'c%N.test'", "%{DOCUMENT_URI} == '/api.php'", "%{AUTH_TYPE} == 'Basic'", "%{REQUEST_METHOD} -in {'POST'}", "'10' -lt '9'", "10 -gt 9", "%{TIME_YEAR} -gt 2000", "%{req:X-Test} == 'yes'", "filesize('%R/api.php') -gt 3", "md5('a') == '0cc175b9c0f1b6a831c399e269772661'", "%{HTTP:Nope} == ''", "%{SERVER_ADDR} == '127.0.0.1'", "%{CONN_REMOTE_ADDR} == '127.0.0.1'", "%{REMOTE_HOST} == 'x'", "resp('X') == ''", "%{SERVER_PROTOCOL} == 'HTTP/1.1'") },
);

/** An expression that the server can read. It stands in double quotes. */
export const expression: Text = fc.oneof({ weight: 4, arbitrary: atom }, { weight: 1, arbitrary: fc.tuple(atom, one("&&", "||"), atom).map((words) => words.join(" ")) }, { weight: 1, arbitrary: atom.map((text) => `!(${text})`) });

const set = one("flag", "other", "flag=1", "!flag", "flag other=x", "flag=$1");

/** Lines that set variables of the environment. */
export const environment: Text = fc.oneof(
  joined(one("SetEnvIf Request_Method POST", "SetEnvIf Request_URI \"^/(api|sub)\"", "SetEnvIfNoCase X-Test YES", "SetEnvIf X-Test ^yes$", "BrowserMatch curl", "BrowserMatchNoCase MOZ", "SetEnvIf flag 1", "SetEnvIf Remote_Addr ^127", "SetEnvIf ^X-.* .", "SetEnvIf Referer evil", "SetEnvIf Content-Type json", "SetEnvIf Request_Protocol HTTP", "SetEnvIfNoCase Request_Method ^(p)", "SetEnvIf Server_Addr ^127", "SetEnvIf Host c", "SetEnvIf Origin .", "SetEnvIf Nope ^$", "SetEnvIf Remote_Host .", "SetEnvIf Content-Length ^[0-9]{3,}$", "SetEnvIf Transfer-Encoding chunked", "SetEnvIf flag ^$", "SetEnvIfNoCase Request_URI \"\\.PHP$\"", "SetEnvIf Cookie s=(.)", "SetEnvIf Request_URI (sub|api)"), set),
  joined(expression.map((text) => `SetEnvIfExpr "${text}"`), one("flag", "other", "flag=1", "!flag")),
  one("SetEnv flag 1", "UnsetEnv flag", "SetEnv other x", "PassEnv PATH"),
);
