import { arrivalWords, defineRule, directiveText, requestLine, rightlyClosed, type Damaged } from "../src/rule-api.ts";

/** The script that answers for every path of an application; a page that shows an error is called otherwise. */
const frontController = /\/(?:index|app|main|front|dispatch|bootstrap|router)(?:\.\w+)?$/;

/** Whether the request is sent on because there is no such file, to a script that answers for every path. */
function isWayIn({ gate, ending }: Damaged): boolean {
  const { path } = ending.delivered;
  return (gate.reason === "no-file" || gate.reason === "static-handler") && typeof path === "string" && frontController.test(path);
}

/** Pages that only show what went wrong, by their names. */
const shownWhenWrong = /(?:\b|_)(?:[45]0[0-9x]|errors?|not[-_]?found|denied|forbidden|unauthorized|maintenance|oops)(?:\b|_)/i;

function showsError({ ending: { delivered } }: Damaged): boolean {
  return typeof delivered.path === "string" && shownWhenWrong.test(delivered.path);
}

/** Whether an access list refuses a GET of the same address as well. */
function isClosed({ gate, get }: Damaged): boolean {
  return gate.reason === "address-list" && get.ending.trace.some((step) => step.gate === gate && step.held !== "no");
}

export default defineRule({
  id: "post-lost-by-error-page",
  summary: "An error page is the way to the application, and asks it with GET whatever was sent.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      const declared = post.legitimacy.kind === "declared";
      if (post.loss !== "method" || post.gate.effect.kind !== "reroute") continue;
      // What is rightly refused, or closed to readers too, may be told so by a page.
      if (!declared && !isWayIn(post) && (rightlyClosed(post.verdict.request.path) || isClosed(post) || showsError(post))) continue;
      const happens = post.ending.outcome === "answered" ? `is answered ${post.ending.status} by a page` : arrivalWords(post);
      const message = `${requestLine(post)} ${happens}: where \`${directiveText(post)}\` refuses it, the error page is asked for instead`;
      yield { post, message, ...(isWayIn(post) ? { meant: "the error page answers for every path of the application" } : { doubt: declared ? null : "the page may be there to show the error and nothing else" }) };
    }
  },
});
