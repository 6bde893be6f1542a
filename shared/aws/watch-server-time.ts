/** Tells a watch the instant that DynamoDB wrote into each answer, beside this host's own. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Clock } from '../kernel/clock.ts';
import type { ClockWatch } from '../limiter/clock-watch.ts';

export function watchServerTime(
  client: DynamoDBClient,
  watch: ClockWatch,
  clock: Clock,
): DynamoDBClient {
  client.middlewareStack.add(
    (next) => async (args) => {
      const sentAtMs = clock.nowMs();
      const answer = await next(args);
      const dateMs = dateOf(answer.response);
      if (dateMs !== undefined) {
        watch.observe({ dateMs, sentAtMs, receivedAtMs: clock.nowMs() });
      }
      return answer;
    },
    // Nearest to the wire: each try of the SDK has instants of its own.
    { step: 'deserialize', priority: 'low', name: 'watchServerTime' },
  );
  return client;
}

/** Undefined where the answer has no date, or none that can be read. */
function dateOf(response: unknown): number | undefined {
  const headers = (response as { headers?: Readonly<Record<string, string>> } | undefined)?.headers;
  const dateMs = Date.parse(headers?.['date'] ?? '');
  return Number.isNaN(dateMs) ? undefined : dateMs;
}
