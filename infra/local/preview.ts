import { readdirSync, readFileSync } from 'node:fs';
import { html, raw } from './developer-page.ts';
import { type HttpReply, textReply } from './http-message.ts';
import { Problem } from './problem.ts';

/** The files that the tests hold every message to, byte by byte: so what is shown is what is sent. */
const golden = new URL('../../tests/golden/notices/', import.meta.url);

/** Every message there is, as a sample: one page of all, or one file of it. */
export function preview(file: string | null): HttpReply {
  const files = readdirSync(golden).sort();
  if (!file) return textReply(200, page(files), 'text/html; charset=utf-8');
  if (!files.includes(file)) throw new Problem(404, `There is no sample ${file}`);
  const kind = file.endsWith('.html') ? 'text/html' : 'text/plain';
  return textReply(200, readFileSync(new URL(file, golden), 'utf8'), `${kind}; charset=utf-8`);
}

function page(files: string[]) {
  const samples = Map.groupBy(files, (file) => file.split('.')[0] ?? file);
  const sections = [...samples].map(
    ([name, forms]) => html`<section><h2>${name}</h2>${raw(forms.map(form).join('\n'))}</section>`,
  );
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Every message, as a sample</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem }
iframe { width: 100%; height: 40rem; border: 1px solid #b1b4b6 }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f3f2f1; padding: .5rem }
</style>
</head>
<body>
<p><a href="/_local">Back</a></p>
<h1>Every message, as a sample</h1>
${sections.join('\n')}
</body>
</html>
`;
}

function form(file: string) {
  const address = `/_local/preview?file=${encodeURIComponent(file)}`;
  return file.endsWith('.html')
    ? html`<h3><a href="${address}">${file}</a></h3><iframe title="${file}" src="${address}" sandbox loading="lazy"></iframe>`
    : html`<details><summary>${file}</summary><pre>${readFileSync(new URL(file, golden), 'utf8')}</pre></details>`;
}
