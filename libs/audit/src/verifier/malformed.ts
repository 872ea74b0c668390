/** Outside data that is not of the published form. The sentence is for whoever made it; nothing was taken from it. */
export class Malformed extends Error {
  override readonly name = 'Malformed';
}
