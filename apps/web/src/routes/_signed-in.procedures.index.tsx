import { createFileRoute } from '@tanstack/react-router';
import { RegisterPage } from '../register/register-page';
import { readRegisterSearch } from '../register/register-search';

export const Route = createFileRoute('/_signed-in/procedures/')({
  validateSearch: readRegisterSearch,
  component: RegisterPage,
});
