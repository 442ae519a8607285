import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { streetmeetApp } from '../../infra/app.ts';

export type Resource = {
  Type: string;
  Properties?: Record<string, unknown>;
  DeletionPolicy?: string;
  DependsOn?: string[];
};
export type SynthesisedTemplate = { Resources: Record<string, Resource> };

const known = new Map<string, SynthesisedTemplate>();

/** The template of the one stack, for questions: made once; whether CloudFormation takes it, `cdk synth` says. Needs `npm run build`, as the deployment does. */
export function synthesised(context: Record<string, unknown> = {}): SynthesisedTemplate {
  const asked = JSON.stringify(context);
  const template = known.get(asked) ?? synthesisedAnew(context);
  known.set(asked, template);
  return template;
}

export function synthesisedAnew(context: Record<string, unknown> = {}) {
  const outdir = mkdtempSync(join(tmpdir(), 'streetmeet-synth-'));
  try {
    const [stack] = streetmeetApp({ context, outdir, isValidated: false }).synth().stacks;
    if (!stack) throw new Error('the app has no stack');
    return stack.template as SynthesisedTemplate;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** Logical id and properties of every resource of a type. The caller names the shape it relies on. */
export function ofType<Properties = Record<string, unknown>>(template: SynthesisedTemplate, type: string) {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ id, properties: (resource.Properties ?? {}) as Properties }));
}

/** The policy statements of the function in functions/<name>. */
export function statementsOf(template: SynthesisedTemplate, name: string): Statement[] {
  const role = JSON.stringify({ Ref: roleOf(template, name) });
  return ofType<{ Roles: unknown[]; PolicyDocument: { Statement: Statement[] } }>(
    template,
    'AWS::IAM::Policy',
  )
    .filter(({ properties }) => properties.Roles.some((each) => JSON.stringify(each) === role))
    .flatMap(({ properties }) => properties.PolicyDocument.Statement);
}

/** Logical id and properties of the function in functions/<name>. */
export function functionNamed(template: SynthesisedTemplate, name: string) {
  const described = ofType<FunctionProperties>(template, 'AWS::Lambda::Function');
  const found = described.find(({ id }) => id.startsWith(logicalIdStarts[name] ?? name));
  if (!found) throw new Error(`the template has no function ${name}`);
  return found;
}

function roleOf(template: SynthesisedTemplate, name: string): string {
  const [role = ''] = functionNamed(template, name).properties.Role['Fn::GetAtt'];
  return role;
}

type FunctionProperties = {
  Environment: { Variables: Record<string, unknown> };
  Role: { 'Fn::GetAtt': string[] };
  Runtime: string;
  Architectures: string[];
  Timeout: number;
};

export type Statement = {
  Effect: string;
  Action: string | string[];
  Resource?: unknown;
  NotResource?: unknown;
  Condition?: unknown;
};

const logicalIdStarts: Record<string, string> = {
  api: 'WebsiteApi',
  site: 'WebsiteSite',
  console: 'WebsiteConsole',
  calendars: 'CalendarsFunction',
  announce: 'AnnouncingFunction',
  'fan-out': 'FanningOutFunction',
  deliver: 'DeliveringFunction',
  receipts: 'DeliveringReceiptsFunction',
  count: 'CountingFunction',
  tick: 'TickingFunction',
};

export const functionNames = Object.keys(logicalIdStarts);
