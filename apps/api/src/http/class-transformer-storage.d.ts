/** Where class-transformer keeps what its decorators said, which has types in another folder than its code. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
