import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

export type Role = 'reception' | 'billing' | 'owner';

export interface Staff {
  sub: string;
  clinicId: string;
  role: Role;
}

export const CurrentStaff = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Staff => context.switchToHttp().getRequest().staff,
);
