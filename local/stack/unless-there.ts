const ALREADY_THERE = [
  'ResourceInUseException',
  'ResourceExistsException',
  'ResourceAlreadyExistsException',
  'ConflictException',
  'BucketAlreadyOwnedByYou',
  'BucketAlreadyExists',
];

/** Takes the refusal to make a thing twice for success: what a former run left is kept. */
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
