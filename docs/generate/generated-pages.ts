import { listProviders } from '../../shared/providers/registry.ts';
import { jobsPage } from './jobs-page.ts';
import { operationsPage } from './operations-page.ts';

/** Path from the project's folder → text. */
export function generatedPages(): Readonly<Record<string, string>> {
  const providers = listProviders();
  return {
    'docs/jobs.md': jobsPage(providers),
    'docs/operations.md': operationsPage(providers),
  };
}
