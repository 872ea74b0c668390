import { createFileRoute } from '@tanstack/react-router';
import { BulkPage } from '../bulk/bulk-page';
import { readBulkSearch } from '../bulk/bulk-search';

export const Route = createFileRoute('/_signed-in/bulk')({ validateSearch: readBulkSearch, component: BulkPage });
