import type { OpenApiDocument } from './openapi-document.ts';

type PathItem = NonNullable<OpenApiDocument['paths']>[string];
type Operation = NonNullable<PathItem['get']>;

const methods = ['get', 'post', 'patch', 'delete'] as const;

const styles = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  code, pre { font: 0.9rem/1.5 ui-monospace, monospace; }
  pre { overflow: auto; padding: 0.75rem; border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 0.5rem; }
  summary { cursor: pointer; padding: 0.35rem 0; }
  details > :not(summary) { margin-left: 1.25rem; }
  .method { display: inline-block; min-width: 4.5rem; font-weight: 700; }
  table { border-collapse: collapse; } td, th { padding: 0.2rem 0.75rem 0.2rem 0; text-align: left; vertical-align: top; }
`;

/** The API's description as one page of plain HTML: no script, nothing loaded from anywhere. */
export function apiPage(document: OpenApiDocument, styleNonce: string): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    methods.flatMap((method) => (item[method] ? [{ method, path, operation: item[method] }] : [])),
  );
  const sections = (document.tags ?? []).map((tag) => {
    const ofTag = operations.filter(({ operation }) => operation.tags?.includes(tag.name));
    return `<h2>${escapeHtml(tag.name)}</h2><p>${prose(tag.description ?? '')}</p>${ofTag.map(operationHtml).join('')}`;
  });
  const schemas = Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => schemaHtml(name, schema));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,">
<title>${escapeHtml(document.info.title)} API</title>
<style nonce="${styleNonce}">${styles}</style>
</head>
<body>
<h1>${escapeHtml(document.info.title)} API</h1>
<p>${prose(document.info.description ?? '')} For programs: <a href="/api/openapi.json">openapi.json</a>.</p>
${sections.join('\n')}
<h2>Schemas</h2>
${schemas.join('\n')}
</body>
</html>
`;
}

function operationHtml({ method, path, operation }: { method: string; path: string; operation: Operation }): string {
  return `<details id="${escapeHtml(operation.operationId ?? '')}">
<summary><span class="method">${method.toUpperCase()}</span> <code>/api${escapeHtml(path)}</code> ${prose(operation.summary ?? '')}</summary>
${operation.description ? `<p>${prose(operation.description)}</p>` : ''}
${parametersHtml(operation.parameters ?? [])}
${operation.requestBody ? `<h3>Body</h3>${contentHtml(operation.requestBody)}` : ''}
<h3>Answers</h3>
<table>${Object.entries(operation.responses ?? {})
    .map(answerHtml)
    .join('')}</table>
</details>`;
}

function parametersHtml(parameters: NonNullable<Operation['parameters']>): string {
  const rows = parameters.map((parameter) => {
    if (!('name' in parameter)) return '';
    const { name, required, schema, description = '' } = parameter;
    const place = `${parameter.in}${required ? ', required' : ''}`;
    return `<tr><td><code>${escapeHtml(name)}</code></td><td>${place}</td><td>${schemaSummary(schema)}</td><td>${prose(description)}</td></tr>`;
  });
  return rows.length === 0 ? '' : `<h3>Parameters</h3><table>${rows.join('')}</table>`;
}

function answerHtml([status, response]: [string, { description?: string; content?: object }]): string {
  return `<tr><th>${escapeHtml(status)}</th><td>${prose(response.description ?? '')}</td><td>${contentHtml(response)}</td></tr>`;
}

function contentHtml(holder: { content?: object } | { $ref: string }): string {
  const content = 'content' in holder ? (holder.content ?? {}) : {};
  return Object.entries(content)
    .map(([type, media]: [string, { schema?: unknown }]) => `<code>${escapeHtml(type)}</code> ${schemaSummary(media.schema)}`)
    .join('<br>');
}

/** A link for a named schema, the type or the text of any other. */
function schemaSummary(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return '';
  if ('$ref' in schema) {
    const name = escapeHtml(String(schema.$ref).split('/').at(-1) ?? '');
    return `<a href="#schema-${name}">${name}</a>`;
  }
  return `<code>${escapeHtml('type' in schema ? String(schema.type) : JSON.stringify(schema))}</code>`;
}

function schemaHtml(name: string, schema: unknown): string {
  return `<details id="schema-${escapeHtml(name)}"><summary><code>${escapeHtml(name)}</code></summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`;
}

/** Text in which Markdown's backticks mark code. */
const prose = (text: string) => escapeHtml(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const escapeHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
