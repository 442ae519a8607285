import { CannotRun } from './cannot-run.ts';
import type { Json, Resource, Template } from './template.ts';

export type Identity = { ref: string; attributes: Record<string, string> };

export type World = {
  parameters: Record<string, string>;
  pseudo: Record<string, string>;
  /** The name a resource has on this machine; its own properties are resolved only when asked for. */
  identify: (type: string, logicalId: string, property: (name: string) => Json | undefined) => Identity;
  /** Types that no part of this host runs: their properties are not even read. */
  isLeftOut: (type: string) => boolean;
};

const noValue = Symbol('AWS::NoValue');
type Resolved = Json | typeof noValue;

/**
 * Every resource of the template with its references, functions and conditions worked out.
 * @throws CannotRun naming the resource and what in it could not be worked out
 */
export function resolveTemplate(template: Template, world: World): Resource[] {
  const identities = new Map<string, Identity>();
  const underWay = new Set<string>();

  return Object.entries(template.Resources)
    .filter(([, { Condition }]) => Condition === undefined || condition(Condition))
    .filter(([, { Type }]) => !world.isLeftOut(Type))
    .map(([logicalId, { Type, Properties }]) => {
      const properties = resolveObject(Properties, logicalId);
      return { logicalId, type: Type, properties, ...identity(logicalId, logicalId) };
    });

  function identity(logicalId: string, where: string): Identity {
    const known = identities.get(logicalId);
    if (known) return known;
    const resource = template.Resources[logicalId];
    if (!resource) throw new CannotRun(`${where}: nothing in the template is called ${logicalId}`);
    if (underWay.has(logicalId)) throw new CannotRun(`${where}: ${logicalId} is named after itself`);
    underWay.add(logicalId);
    const found = world.identify(resource.Type, logicalId, (name) => {
      const value = resource.Properties[name];
      const resolved = value === undefined ? noValue : resolve(value, `${logicalId}.${name}`);
      return resolved === noValue ? undefined : resolved;
    });
    identities.set(logicalId, found);
    return found;
  }

  function ref(name: string, where: string): Resolved {
    if (name === 'AWS::NoValue') return noValue;
    if (name.startsWith('AWS::')) {
      const value = world.pseudo[name];
      if (value === undefined) throw new CannotRun(`${where}: ${name} is not known on one machine`);
      return value;
    }
    const parameter = template.Parameters[name];
    if (parameter) {
      const value = world.parameters[name] ?? parameter.Default;
      if (value === undefined || parameter.Type.startsWith('AWS::SSM'))
        throw new CannotRun(`${where}: the parameter ${name} has no value on one machine`);
      return value;
    }
    return identity(name, where).ref;
  }

  function attribute(logicalId: string, name: string, where: string): string {
    const value = identity(logicalId, where).attributes[name];
    if (value === undefined)
      throw new CannotRun(
        `${where}: ${logicalId} (${template.Resources[logicalId]?.Type}) has no attribute ${name} on one machine`,
      );
    return value;
  }

  function condition(name: string): boolean {
    const expression = template.Conditions[name];
    if (expression === undefined) throw new CannotRun(`there is no condition ${name}`);
    return holds(expression, `condition ${name}`);
  }

  function holds(expression: Json, where: string): boolean {
    const call = asCall(expression);
    const parts = call && Array.isArray(call.argument) ? call.argument : [];
    switch (call?.name) {
      case 'Condition':
        return condition(text(call.argument, where));
      case 'Fn::Equals':
        return (
          JSON.stringify(resolve(parts[0] ?? null, where)) ===
          JSON.stringify(resolve(parts[1] ?? null, where))
        );
      case 'Fn::And':
        return parts.every((part) => holds(part, where));
      case 'Fn::Or':
        return parts.some((part) => holds(part, where));
      case 'Fn::Not':
        return !holds(parts[0] ?? null, where);
      default:
        throw new CannotRun(`${where}: ${JSON.stringify(expression)} is not a condition`);
    }
  }

  function resolve(value: Json, where: string): Resolved {
    if (typeof value === 'string' && value.includes('{{resolve:'))
      throw new CannotRun(`${where}: dynamic reference ${value}`);
    if (Array.isArray(value))
      return value
        .map((item, index) => resolve(item, `${where}[${index}]`))
        .filter((item) => item !== noValue);
    if (value === null || typeof value !== 'object') return value;
    const call = asCall(value);
    return call && call.name !== 'Condition' ? evaluate(call, where) : resolveObject(value, where);
  }

  function resolveObject(value: { [name: string]: Json }, where: string) {
    const entries = Object.entries(value).map(
      ([name, item]) => [name, resolve(item, `${where}.${name}`)] as const,
    );
    return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== noValue));
  }

  function evaluate({ name, argument }: Call, where: string): Resolved {
    const parts = () => list(argument, where);
    const part = (index: number) => parts()[index] ?? null;
    switch (name) {
      case 'Ref':
        return ref(text(argument, where), where);
      case 'Fn::GetAtt': {
        const [logicalId = '', ...path] =
          typeof argument === 'string'
            ? argument.split('.')
            : list(argument, where).map((item) => text(item, where));
        return attribute(logicalId, path.join('.'), where);
      }
      case 'Fn::Join':
        return list(resolve(part(1), where), where)
          .map((item) => text(item, where))
          .join(text(part(0), where));
      case 'Fn::Sub':
        return typeof argument === 'string'
          ? substitute(argument, {}, where)
          : substitute(text(part(0), where), part(1), where);
      case 'Fn::Select': {
        const chosen = list(resolve(part(1), where), where)[Number(resolve(part(0), where) as string)];
        if (chosen === undefined) throw new CannotRun(`${where}: Fn::Select finds nothing`);
        return chosen;
      }
      case 'Fn::Split':
        return text(resolve(part(1), where), where).split(text(part(0), where));
      case 'Fn::If':
        return resolve(condition(text(part(0), where)) ? part(1) : part(2), where);
      case 'Fn::Base64':
        return Buffer.from(text(resolve(argument, where), where)).toString('base64');
      case 'Fn::FindInMap': {
        const [map = '', first = '', second = ''] = list(resolve(argument, where), where).map((item) =>
          text(item, where),
        );
        const found = template.Mappings[map]?.[first]?.[second];
        if (found === undefined) throw new CannotRun(`${where}: ${map} holds nothing at ${first}, ${second}`);
        return found;
      }
      default:
        throw new CannotRun(`${where}: ${name} cannot be worked out on one machine`);
    }
  }

  function substitute(pattern: string, own: Json, where: string) {
    const values = own && typeof own === 'object' && !Array.isArray(own) ? own : {};
    return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      const mine = values[name];
      if (mine !== undefined) return text(resolve(mine, where), where);
      const [logicalId = '', ...path] = name.split('.');
      return path.length > 0 ? attribute(logicalId, path.join('.'), where) : text(ref(name, where), where);
    });
  }
}

type Call = { name: string; argument: Json };

function asCall(value: Json): Call | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name === 'Condition' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

function text(value: Resolved, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new CannotRun(`${where}: a text was expected`);
}

function list(value: Resolved, where: string): Json[] {
  if (Array.isArray(value)) return value;
  throw new CannotRun(`${where}: a list was expected`);
}
