import { ordinaryPost, type Request } from "../model/request.ts";

function form(path: string, body: string): Request {
  return ordinaryPost({ path, body });
}

function typed(path: string, contentType: string, body: string, more: Readonly<Record<string, string>> = {}): Request {
  const request = ordinaryPost({ path, body });
  return { ...request, headers: { ...request.headers, ...more, "content-type": contentType } };
}

function json(path: string, value: unknown, more: Readonly<Record<string, string>> = {}): Request {
  return typed(path, "application/json", JSON.stringify(value), more);
}

const upload = [
  "--boundary7f3a",
  'Content-Disposition: form-data; name="title"',
  "",
  "Summer holidays",
  "--boundary7f3a",
  'Content-Disposition: form-data; name="file"; filename="beach.jpg"',
  "Content-Type: image/jpeg",
  "",
  "JFIF",
  "--boundary7f3a--",
  "",
].join("\r\n");

/**
 * POSTs that any application may get: what people type into forms, what programs send to APIs. A filter that stops one
 * of these is too broad.
 */
export const ordinaryPosts: readonly Request[] = [
  form("/index.php", "name=value"),
  form("/contact", "name=Siobhan+O%27Brien&email=siobhan%40example.org&message=Please+call+me+back+tomorrow."),
  form("/login", "username=anna&password=corr3ct-horse%2Fbattery%26staple"),
  form("/comments", "comment=I+would+select+the+blue+one+from+the+list%2C+then+update+the+order."),
  form("/comments", "comment=The+reunion+of+the+trade+union+was+great%21+%28see+photos%29"),
  form("/search", "q=how+to+drop+a+table+off+at+the+dump"),
  form("/profile", "city=Gr%C3%BCnwald&about=R%26D+lead%3B+5+%3E+4"),
  form("/checkout", "amount=19.90&currency=EUR&return=https%3A%2F%2Fshop.example.org%2Fthanks"),
  form("/subscribe", "email=first.last%2Bnews%40example.org"),
  json("/api/orders", { items: [{ sku: "A-17", quantity: 2 }], note: "leave it at the door" }),
  json("/api/articles", { title: "Where to eat", body: "<p>Hello <b>world</b> &amp; friends</p>" }),
  json("/graphql", { query: "query { viewer { name } }", variables: { first: 10 } }),
  json("/hooks/payment", { type: "invoice.paid", data: { object: { id: "in_1" } } }, { "user-agent": "python-requests/2.32.3" }),
  json("/hooks/build", { status: "success" }, { "user-agent": "Java/17.0.12" }),
  json("/api/events", [{ name: "click", at: 1_760_000_000 }], { "user-agent": "curl/8.5.0" }),
  json("/hooks/lead", { status: "open" }, { "user-agent": "SFDC-Callout/62.0" }),
  json("/hooks/push", { ref: "refs/heads/main" }, { "user-agent": "Go-http-client/2.0" }),
  json("/api/import", { rows: [] }, { "user-agent": "libwww-perl/6.77" }),
  typed("/upload", "multipart/form-data; boundary=boundary7f3a", upload),
  typed("/soap", "text/xml", '<?xml version="1.0"?><Envelope><Body><ping/></Body></Envelope>'),
];

/** What a program sends that does not name its software: cURL in PHP and the http module of Node do so only when told to. */
export const namelessPost: Request = nameless(json("/hooks/order", { order: 17, status: "paid" }));

function nameless(request: Request): Request {
  return { ...request, headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => name !== "user-agent")) };
}

/** A form as it comes by way of a proxy that speaks an old version of HTTP to the servers behind it. */
export const ordinaryByProxy: Request = { ...form("/contact", "name=value"), version: "1.0" };

/** POSTs with things in the query that applications commonly put there: lists, names, the address to come back to. */
export const ordinaryQueries: readonly Request[] = [
  ["/index.php", "ids[]=1&ids[]=2"],
  ["/index.php", "page=2&sort=name"],
  ["/login", "return=https://shop.example.org/account"],
  ["/login", "return=http://shop.example.org/account"],
  ["/checkout", "return=https%3A%2F%2Fshop.example.org%2Fthanks"],
  ["/api/orders", "filter[status]=open&include=items"],
  ["/search", "q=select+the+best+offer"],
  ["/search", "name=O%27Brien"],
  ["/index.php", "action=update&id=7"],
  ["/index.php", "action=delete&id=7"],
  ["/api/orders", "offset=20&limit=10"],
  ["/search", "q=caf%C3%A9"],
].map(([path = "/", query = ""]) => ordinaryPost({ path, query }));

/** Paths that POSTs commonly go to. */
export const ordinaryPaths: readonly string[] = ["/", "/index.php", "/api/orders", "/login", "/contact", "/api/orders/", "/contact/", "/contact.php"];

/** POSTs to addresses of which a part, inside of a longer word or beside others, is also a word of attacks. */
export const ordinaryAddresses: readonly Request[] = ["/shopping/cart", "/api/evaluations", "/api/system/settings"].map((path) => ordinaryPost({ path }));
