import { arrivalWords, defineRule, directiveText, requestLine, type Damaged } from "../src/rule-api.ts";

/** The script that answers for every path of an application; a page that shows an error is called otherwise. */
const frontController = /\/(?:index|app|main|front|dispatch|bootstrap|router)(?:\.\w+)?$/;

/** Whether the request is sent on inside the server because there is no such file. */
function forWantOfFile({ loss, gate }: Damaged): boolean {
  return loss === "method" && gate.effect.kind === "reroute" && (gate.reason === "no-file" || gate.reason === "static-handler");
}

export default defineRule({
  id: "post-lost-by-error-page",
  summary: "An error page is the way to the application, and asks it with GET whatever was sent.",
  about: [],
  *check({ damaged }) {
    for (const post of damaged) {
      if (!forWantOfFile(post)) continue;
      const { path } = post.ending.delivered;
      const message = `${requestLine(post)} ${arrivalWords(post)}: where \`${directiveText(post)}\` finds no file, the error page is asked for instead`;
      yield { post, message, possible: typeof path !== "string" || !frontController.test(path), meant: `${String(path)} answers for every path of the application` };
    }
  },
});
