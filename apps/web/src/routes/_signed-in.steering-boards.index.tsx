import { createFileRoute } from '@tanstack/react-router';
import { BoardsPage } from '../steering/boards-page';
import { readBoardsSearch } from '../steering/boards-search';

export const Route = createFileRoute('/_signed-in/steering-boards/')({ validateSearch: readBoardsSearch, component: BoardsPage });
