/**
 * Counts something that operators have an alarm on, as a line of CloudWatch's embedded metric format.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(metric: MetricName, now: Date): void {
  process.stdout.write(
    `${JSON.stringify({
      _aws: {
        Timestamp: now.getTime(),
        CloudWatchMetrics: [
          {
            Namespace: 'Streetmeet',
            Dimensions: [['FunctionName']],
            Metrics: [{ Name: metric, Unit: 'Count' }],
          },
        ],
      },
      FunctionName: process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'unknown',
      [metric]: 1,
    })}\n`,
  );
}

export type MetricName = 'TextBudgetUsedUp' | 'BulletinsPaused' | 'EventSetAside' | 'CalendarRefused';
