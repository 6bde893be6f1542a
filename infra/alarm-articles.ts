/** What each alarm means. Every key is an article of docs/runbook.md. */
export const articles = {
  'dead-letters': 'Messages that nobody could handle are waiting for a person.',
  'intake-age': 'Jobs are sent faster than intake takes them, or intake fails.',
  'lane-backlog': 'A lane is nearly full: it will soon take no more jobs.',
  'lane-age': 'A job waits so long that its message nears the end of the queue’s retention.',
  'function-errors': 'A function crashed or ran out of time; handlers never throw on purpose.',
  'failed-requests':
    'Requests are answered 500: a defect, or a secret or a permission that is missing.',
  'uncertain-jobs': 'A job ended without anybody knowing whether its write took effect.',
  'vendor-throttling':
    'The vendor refuses more calls than an exact limiter should ever see refused.',
  'window-excess': 'More calls may have fallen into one window than the budget allows.',
  'slow-budget': 'Jobs wait, and yet the budget is used by less than nine tenths.',
  'webhook-refusals': 'Many deliveries of a webhook source carry no valid signature.',
  'secret-age': 'A credential has not been renewed for more than 90 days.',
} as const;

export type Article = keyof typeof articles;
