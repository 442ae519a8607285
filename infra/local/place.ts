/** The account and region this machine plays. The account is the one fauxqs knows. */
export const account = '000000000000';
export const region = 'eu-west-2';

export const arn = (service: string, resource: string) =>
  `arn:aws:${service}:${region}:${account}:${resource}`;

export const pseudoParameters = (stackName: string) => ({
  'AWS::AccountId': account,
  'AWS::Region': region,
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': stackName,
  'AWS::StackId': arn('cloudformation', `stack/${stackName}/00000000-0000-4000-8000-000000000000`),
});
