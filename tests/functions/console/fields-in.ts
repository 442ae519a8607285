/** What stands in the fields of a page, as a browser would send it. */
export function fieldsIn(html: string, below = '/console/events/'): Record<string, string | string[]> {
  const form = new RegExp(`<form method="post" action="${below}[\\s\\S]*?</form>`).exec(html)?.[0] ?? '';
  const plain = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const found: Record<string, string[]> = {};
  const add = (name: string, value: string) => {
    found[name] = [...(found[name] ?? []), plain(value)];
  };
  const attribute = (tag: string, name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const isBox = /type="(checkbox|radio)"/.test(tag);
    if (!isBox || /\schecked/.test(tag)) add(attribute(tag, 'name') ?? '', attribute(tag, 'value') ?? '');
  }
  for (const [, tag = '', text = ''] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g))
    add(attribute(tag, 'name') ?? '', text);
  for (const [, tag = '', options = ''] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const chosen = /<option value="([^"]*)"[^>]*\sselected/.exec(options)?.[1];
    add(attribute(tag, 'name') ?? '', chosen ?? /<option value="([^"]*)"/.exec(options)?.[1] ?? '');
  }
  return found;
}
