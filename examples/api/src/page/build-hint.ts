/** What a browser shows instead of a page that was not built. */
export const buildHint = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>photoorg</title>
  </head>
  <body>
    <h1>The page is not built yet</h1>
    <p>Run <code>npm run web:build</code>, then load this page again. The API already answers: <a href="/api/docs">its routes</a>.</p>
  </body>
</html>
`;
