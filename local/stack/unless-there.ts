const ALREADY_THERE = [
  'ResourceInUseException',
  'ResourceExistsException',
  'ResourceAlreadyExistsException',
  'ConflictException',
  'BucketAlreadyOwnedByYou',
  'BucketAlreadyExists',
];

/** DynamoDB's name for switching on a time to live that is on. */
export const ALREADY_ON = ['ValidationException'];

/** Awaits a creation; what is there from a former run is no failure. */
export async function unlessThere(
  creation: Promise<unknown>,
  names = ALREADY_THERE,
): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof Error && names.includes(error.name))) throw error;
  }
}
