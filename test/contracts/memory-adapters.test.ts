import { createMemoryAnnouncer } from '../support/memory/memory-announcer.ts';
import { createMemoryBudgetStore } from '../support/memory/memory-budget-store.ts';
import { createMemoryJobStore } from '../support/memory/memory-job-store.ts';
import { createMemoryLaneCounter } from '../support/memory/memory-lane-counter.ts';
import { createMemoryPublisher } from '../support/memory/memory-publisher.ts';
import { createMemoryQueue } from '../support/memory/memory-queue.ts';
import { createMemoryResultStore } from '../support/memory/memory-result-store.ts';
import { createMemorySecretKeeper } from '../support/memory/memory-secret-keeper.ts';
import { describeBudgetSlots } from './budget-slots.ts';
import { describeBudgetStore } from './budget-store.ts';
import { describeJobEventPublisher } from './job-event-publisher.ts';
import { describeJobList } from './job-list.ts';
import { describeJobQueue } from './job-queue.ts';
import { describeJobStore } from './job-store.ts';
import { describeLaneCounter } from './lane-counter.ts';
import { describeOutcomeAnnouncer } from './outcome-announcer.ts';
import { describeResultStore } from './result-store.ts';
import { describeSecretKeeper } from './secret-keeper.ts';

describeJobStore('memory job store', async () => createMemoryJobStore());
describeJobList('memory job store', async () => createMemoryJobStore());
describeBudgetStore('memory budget store', async () => createMemoryBudgetStore());
describeBudgetSlots('memory budget store', async () => createMemoryBudgetStore());
describeResultStore('memory result store', async () => createMemoryResultStore());
describeSecretKeeper('memory secret keeper', async (deployed) =>
  createMemorySecretKeeper(deployed),
);

describeJobQueue('memory queue', async () => {
  const queue = createMemoryQueue();
  return { queue, drain: async () => queue.sent.map(({ jobId, run }) => ({ jobId, run })) };
});

describeLaneCounter('memory lane counter', async () => {
  const counter = createMemoryLaneCounter();
  const fill = async (more: number) => counter.set((await counter.count('automox')) + more);
  return { counter, fill };
});

describeOutcomeAnnouncer('memory announcer', async () => {
  const announcer = createMemoryAnnouncer();
  return { announcer, heard: () => announcer.announced.map(({ id, status }) => ({ id, status })) };
});

describeJobEventPublisher('memory publisher', async () => {
  const publisher = createMemoryPublisher();
  return { publisher, heard: () => publisher.published.map(({ id }) => id) };
});
