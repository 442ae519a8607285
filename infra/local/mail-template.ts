/** The mail's words are missing from the template's data: SES accepts such a mail and then reports the failure. */
export class RenderingFailed extends Error {
  override name = 'RenderingFailed';
}

/** What is more than `{{name}}` and `{{{name}}}` of Handlebars. */
export const isBeyondUs = (template: string) => /\{\{\{?\s*[#/^>!&]/.test(template);

/**
 * Fills a template in as SES does: neither form escapes anything.
 * @throws RenderingFailed
 */
export const fillIn = (template: string, words: Record<string, unknown>) =>
  template.replace(
    /\{\{\{\s*([\w.-]+)\s*\}\}\}|\{\{\s*([\w.-]+)\s*\}\}/g,
    (_, triple?: string, double?: string) => {
      const name = triple ?? double ?? '';
      const value = name
        .split('.')
        .reduce<unknown>((at, part) => (isRecord(at) ? at[part] : undefined), words);
      if (value === undefined || value === null)
        throw new RenderingFailed(`Attribute '${name}' is not present in the rendering data.`);
      return String(value);
    },
  );

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
