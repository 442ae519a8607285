import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../../functions/api/openapi/document.ts';
import type { ApiRoute } from '../../../functions/api/openapi/operation.ts';
import { essex } from '../../support/essex.ts';

type Media = { schema: { $ref?: string }; example?: unknown };
type Answer = { $ref?: string; content?: Record<string, Media>; headers?: Record<string, unknown> };
export type Operation = {
  operationId: string;
  security: Record<string, unknown>[];
  parameters: { name: string; in: string; required: boolean; schema: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, Answer>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { responses: Record<string, Answer>; schemas: Record<string, unknown> };
};

const origin = 'https://events.example';

/** The API's document, and whether what is answered is what it says. */
export function documentOf(routes: ApiRoute[]) {
  // As it travels: what is undefined is not there.
  const document: Document = JSON.parse(JSON.stringify(openApiDocument(routes, { force: essex, origin })));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'document', ...document });
  const compiled = new Map<string, ValidateFunction>();

  function faultsIn(schema: { $ref?: string }, value: unknown): string[] {
    const text = JSON.stringify(schema).replace('"#/', '"document#/');
    const validate = compiled.get(text) ?? ajv.compile(JSON.parse(text));
    compiled.set(text, validate);
    return validate(value) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  }

  const operationAt = (method: string, path: string): Operation | undefined => {
    const at = Object.entries(document.paths)
      .filter(([template]) => fits(template, path))
      .sort(([one], [other]) => one.split('{').length - other.split('{').length)[0];
    return at?.[1][method.toLowerCase() === 'head' ? 'get' : method.toLowerCase()];
  };

  /** What of an answer the document does not say. */
  function undocumented(
    method: string,
    path: string,
    answer: { status: number; headers: Record<string, unknown>; body: unknown },
  ): string[] {
    const operation = operationAt(method, path);
    if (!operation) return [];
    const of = `${operation.operationId} ${answer.status}`;
    const found = operation.responses[String(answer.status)];
    if (!found) return [`${of} is not documented`];
    const said = found.$ref ? document.components.responses[found.$ref.split('/').at(-1) ?? ''] : found;
    const type = String(answer.headers['content-type'] ?? '').split(';')[0] ?? '';
    if (!said?.content) return type ? [`${of} has a body nobody speaks of`] : [];
    const media = said.content[type];
    if (!media) return [`${of} is ${type}`];
    return type.endsWith('json') ? faultsIn(media.schema, answer.body).map((fault) => `${of}: ${fault}`) : [];
  }

  return { document, faultsIn, undocumented };
}

const fits = (template: string, path: string) =>
  new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}/?$`).test(path);
