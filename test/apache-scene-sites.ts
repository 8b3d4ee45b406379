import type { Text } from "./texts.ts";
import { one } from "./texts.ts";

/** What well-known applications and pieces of advice put into a `.htaccess`, in the words of their kind. */
export const site: Text = one(
  "<IfModule mod_rewrite.c>\nRewriteEngine On\nRewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]\nRewriteBase /\nRewriteRule ^index\\.php$ - [L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /index.php [L]\n</IfModule>",
  "<IfModule mod_rewrite.c>\n<IfModule mod_negotiation.c>\nOptions -MultiViews -Indexes\n</IfModule>\nRewriteEngine On\nRewriteCond %{HTTP:Authorization} .\nRewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_URI} (.+)/$\nRewriteRule ^ %1 [L,R=301]\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ index.php [L]\n</IfModule>",
  "DirectoryIndex index.php\nRewriteEngine On\nRewriteCond %{REQUEST_URI}::$0 ^(/.+)/(.*)::\\2$\nRewriteRule .* - [E=BASE:%1]\nRewriteCond %{HTTP:Authorization} .+\nRewriteRule ^ - [E=HTTP_AUTHORIZATION:%0]\nRewriteCond %{ENV:REDIRECT_STATUS} =\"\"\nRewriteRule ^index\\.php(?:/(.*)|$) %{ENV:BASE}/$1 [R=301,L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^ %{ENV:BASE}/index.php [L]",
  "RewriteEngine On\nRewriteCond %{REQUEST_URI}::$1 ^(/.+)/(.*)::\\2$\nRewriteRule ^(.*) - [E=BASE:%1]\nRewriteCond %{REQUEST_FILENAME} -s [OR]\nRewriteCond %{REQUEST_FILENAME} -l [OR]\nRewriteCond %{REQUEST_FILENAME} -d\nRewriteRule ^.*$ - [NC,L]\nRewriteRule ^(.*) %{ENV:BASE}/index.php [NC,L]",
  "RewriteEngine On\nRewriteRule ^$ sub/ [L]\nRewriteRule (.*) sub/$1 [L]",
  "RewriteEngine On\nRewriteCond $1 !^(index\\.php|static|robots\\.txt)\nRewriteRule ^(.*)$ index.php/$1 [L]",
  "<FilesMatch \"\\.(engine|inc|sh|json|html)$|^(\\..*|Entries.*|web\\.config)$\">\n<IfModule mod_authz_core.c>\nRequire all denied\n</IfModule>\n<IfModule !mod_authz_core.c>\nOrder allow,deny\n</IfModule>\n</FilesMatch>\nRewriteEngine on\nRewriteRule \"/\\.|^\\.(?!well-known/)\" - [F]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_URI} !=/favicon.ico\nRewriteRule ^ index.php [L]",
  "RewriteEngine On\nRewriteCond %{QUERY_STRING} base64_encode[^(]*\\([^)]*\\) [OR]\nRewriteCond %{QUERY_STRING} (<|%3C)([^s]*s)+cript.*(>|%3E) [NC,OR]\nRewriteCond %{QUERY_STRING} block=(1|\\[|\\%[0-9A-Z]{0,2})\nRewriteRule .* index.php [F]\nRewriteCond %{REQUEST_URI} !^/index\\.php\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule .* index.php [L]",
  "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} POST\nRewriteCond %{REQUEST_URI} api\\.php\nRewriteCond %{HTTP_REFERER} !.*c%N\\.test.* [OR]\nRewriteCond %{HTTP_USER_AGENT} ^$\nRewriteRule (.*) http://%{REMOTE_ADDR}/$ [R=301,L]",
  "RewriteEngine On\nRewriteCond %{HTTP_HOST} !^www\\. [NC]\nRewriteCond %{HTTP_HOST} ^(.*)$ [NC]\nRewriteRule ^(.*)$ http://www.%1/$1 [R=301,L]",
  "RewriteEngine On\nRewriteCond %{HTTPS} !=on\nRewriteCond %{HTTP:X-Forwarded-Proto} !https\nRewriteRule ^(.*)$ https://%{HTTP_HOST}%{REQUEST_URI} [L,R=301]",
  "RewriteEngine On\nRewriteCond %{THE_REQUEST} ^[A-Z]{3,9}\\ /(.*)index\\.php\\ HTTP/\nRewriteRule ^(.*)index\\.php$ /$1 [R=301,L]",
  "RewriteEngine On\nRewriteCond %{THE_REQUEST} \\s/+(.*?)\\.php[\\s?] [NC]\nRewriteRule ^ /%1 [R=301,L,NE]\nRewriteCond %{REQUEST_FILENAME} !-d\nRewriteCond %{REQUEST_FILENAME}.php -f\nRewriteRule ^(.*?)/?$ $1.php [L]",
  "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^([^.]+)$ $1.php [NC,L]",
  "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} -f [OR]\nRewriteCond %{REQUEST_FILENAME} -d\nRewriteRule .+ - [L]\nRewriteRule ^(\\w+)/?(\\w*)$ api.php?c=$1&a=$2 [QSA,L]",
  "RewriteEngine On\nRewriteCond %{REQUEST_METHOD} ^(TRACE|TRACK|DELETE|PUT)$ [NC]\nRewriteRule .* - [F]\nRewriteCond %{HTTP_USER_AGENT} (curl|wget|python) [NC,OR]\nRewriteCond %{HTTP_REFERER} (evil|spam) [NC]\nRewriteRule .* - [F,L]",
  "ErrorDocument 503 /static.html\nRewriteEngine On\nRewriteCond %{REMOTE_ADDR} !^10\\.\nRewriteCond %{REQUEST_URI} !/static\\.html$\nRewriteRule .* - [R=503,L]",
  "ErrorDocument 404 /index.php\nErrorDocument 403 /api.php\n<Files ~ \"^\\.ht\">\nOrder allow,deny\nDeny from all\n</Files>",
  "RewriteEngine On\nRewriteCond %{HTTP_REFERER} !^$\nRewriteCond %{HTTP_REFERER} !^https?://(www\\.)?c%N\\.test [NC]\nRewriteRule \\.(html|json)$ - [NC,F,L]",
  "SetEnvIfNoCase User-Agent \"curl|libwww\" flag\nSetEnvIf Referer evil flag\n<Limit GET POST HEAD>\nOrder Allow,Deny\nAllow from all\nDeny from env=flag\n</Limit>",
  "<IfModule mod_headers.c>\nHeader set Access-Control-Allow-Origin \"*\"\n</IfModule>\nRewriteEngine On\nRewriteCond %{REQUEST_METHOD} OPTIONS\nRewriteRule ^(.*)$ $1 [R=200,L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^(.*)$ api.php [QSA,L]",
  "RewriteEngine on\nRewriteCond %{HTTP_HOST} ^(c%N)\\.test(:\\d+)?$ [NC]\nRewriteCond %{REQUEST_URI} !^/sub/\nRewriteRule ^(.*)$ /sub/$1 [L]",
  "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteCond %{REQUEST_URI} !(.*)/$\nRewriteCond %{REQUEST_URI} !\\.\nRewriteRule ^(.*)$ %{REQUEST_URI}/ [R=301,L]\nRewriteCond %{REQUEST_FILENAME} !-f\nRewriteRule ^(.*)$ index.php?q=$1 [L,QSA]",
  "RewriteEngine On\nRewriteRule ^(.*)//+(.*)$ /$1/$2 [R=301,L,NE]\nRewriteRule ^sub/(\\d+|more)/?$ sub/index.php?id=$1 [L,QSA]\nRewriteRule ^(sub|old)/(.*)$ sub/deep/tool.php/$2 [L]",
);
