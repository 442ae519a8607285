type Template = { Resources: Record<string, Resource> };
type Resource = { Type: string; DependsOn?: string | string[]; Properties?: { PolicyDocument?: Policy } };
type Policy = { Statement: { Action: string | string[]; Resource?: unknown }[] };

/** Resource types that the emulator's CloudFormation does not know, or whose program it cannot run. */
const unknownTypes = ['AWS::SES::Template', 'Custom::CDKBucketDeployment'];

/**
 * As much of a template as the emulator carries: each difference is a line of not-carried.ts.
 * @see notCarried
 */
export function carried(template: Template): Template {
  const kept = Object.entries(template.Resources).filter(([, { Type }]) => !unknownTypes.includes(Type));
  const names = new Set(kept.map(([id]) => id));
  const resources = kept.map(([id, resource]) => {
    if (resource.Type === 'AWS::IAM::Policy') relax(resource.Properties?.PolicyDocument);
    return [
      id,
      { ...resource, DependsOn: [resource.DependsOn ?? []].flat().filter((other) => names.has(other)) },
    ];
  });
  const secrets = kept.filter(([, { Type }]) => Type === 'AWS::SecretsManager::Secret').map(([id]) => id);
  return secrets.reduce(addressedById, { ...template, Resources: Object.fromEntries(resources) });
}

/** On AWS, Ref and the attribute Id of a secret are both its ARN. */
function addressedById(template: Template, secret: string): Template {
  const text = JSON.stringify(template);
  return JSON.parse(text.replaceAll(`{"Ref":"${secret}"}`, `{"Fn::GetAtt":["${secret}","Id"]}`));
}

/** On AWS, who may send a message may send ten of them, and e-mails are judged by their identity and template. */
function relax(policy: Policy | undefined): void {
  for (const statement of policy?.Statement ?? []) {
    const actions = [statement.Action].flat();
    if (actions.includes('sqs:SendMessage')) statement.Action = [...actions, 'sqs:SendMessageBatch'];
    if (actions.includes('ses:SendBulkEmail')) statement.Resource = '*';
  }
}
