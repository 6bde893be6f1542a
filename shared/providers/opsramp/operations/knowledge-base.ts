/** Articles of the knowledge base. */
import * as z from 'zod';
import { TENANT } from '../lanes.ts';
import { get, Id, list, post, remove, Text } from './rows.ts';

const KB = `${TENANT}/kb`;

const articleFields = {
  subject: Text,
  content: Text,
  category: z.strictObject({ id: Id }).optional(),
  state: Text.optional(),
};

export const knowledgeBase = {
  searchArticles: list('kb.search', `${KB}/articles/search`, ['subject', 'state']),
  getArticle: get('kb.get', `${KB}/article/{id}`),
  createArticle: post('kb.create', `${KB}/article`, 'reconcile', z.strictObject(articleFields)),
  updateArticle: post(
    'kb.update',
    `${KB}/article/{id}`,
    'idempotent',
    z.strictObject(articleFields).partial(),
  ),
  commentArticle: post(
    'kb.comment',
    `${KB}/article/{id}/comment`,
    'once',
    z.strictObject({ comment: Text }),
  ),
  deleteArticle: remove('kb.delete', `${KB}/article/{id}/delete`),
} as const;
