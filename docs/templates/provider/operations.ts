/**
 * The operations of the vendor that Sluice calls. Budgets are named scarcest first. The repeat class
 * says what a second sending would do: nothing (`idempotent`), something that can be looked for
 * (`reconcile`), harm (`once`).
 */
import * as z from 'zod';
import type { Operation } from '../../../shared/jobs/operation.ts';
import type { BudgetName } from './limits.ts';

const SOURCE = 'Template API: Things';

interface TemplateOperation extends Operation {
  readonly budgets: readonly BudgetName[];
}

export const PAGE_ROWS_MAX = 100;

const ThingId = z.int().positive();

export const operations = {
  listThings: {
    id: 'things.list',
    method: 'GET',
    path: '/tenants/{tenantId}/things',
    budgets: ['account'],
    repeat: 'safe',
    params: {
      query: z.strictObject({
        limit: z.int().min(1).max(PAGE_ROWS_MAX).optional(),
        page: z.int().min(0).optional(),
        color: z.string().min(1).optional(),
      }),
    },
    source: SOURCE,
  },
  /** Answers 201 without an id: whether it happened is looked up by the name. */
  createThing: {
    id: 'things.create',
    method: 'POST',
    path: '/tenants/{tenantId}/things',
    budgets: ['things.write', 'account'],
    repeat: 'reconcile',
    params: { body: z.strictObject({ name: z.string().min(1), color: z.string().optional() }) },
    source: SOURCE,
  },
  deleteThing: {
    id: 'things.delete',
    method: 'DELETE',
    path: '/tenants/{tenantId}/things/{id}',
    budgets: ['things.write', 'account'],
    repeat: 'idempotent',
    params: { path: z.strictObject({ id: ThingId }) },
    source: SOURCE,
  },
} as const satisfies Record<string, TemplateOperation>;
