type Template = { Resources: Record<string, Resource> };
type Resource = {
  Type: string;
  DependsOn?: string | string[];
  Properties?: { PolicyDocument?: Policy; DistributionConfig?: Distribution };
};
type Distribution = {
  CacheBehaviors?: { TargetOriginId: string }[];
  OriginGroups?: { Items: { Id: string; Members: { Items: [{ OriginId: string }] } }[] };
};
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
    if (resource.Type === 'AWS::CloudFront::Distribution')
      firstOfGroups(resource.Properties?.DistributionConfig);
    return [
      id,
      { ...resource, DependsOn: [resource.DependsOn ?? []].flat().filter((other) => names.has(other)) },
    ];
  });
  const secrets = kept.filter(([, { Type }]) => Type === 'AWS::SecretsManager::Secret').map(([id]) => id);
  return secrets.reduce(addressedById, { ...template, Resources: Object.fromEntries(resources) });
}

/** On AWS, the second origin of a group answers where the first does not. */
function firstOfGroups(distribution: Distribution | undefined): void {
  for (const { Id, Members } of distribution?.OriginGroups?.Items ?? [])
    for (const behavior of distribution?.CacheBehaviors ?? [])
      if (behavior.TargetOriginId === Id) behavior.TargetOriginId = Members.Items[0].OriginId;
  delete distribution?.OriginGroups;
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
