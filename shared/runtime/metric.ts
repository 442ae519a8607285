/**
 * Counts something in CloudWatch through the log, in the embedded metric format.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function count(name: string, by = 1): void {
  const CloudWatchMetrics = [
    { Namespace: 'Streetmeet', Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] },
  ];
  process.stdout.write(
    `${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, [name]: by })}\n`,
  );
}
