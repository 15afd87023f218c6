import { Body, Controller, Get, Param, Patch, Query, Redirect, Res } from '@nestjs/common';
import type { Response } from 'express';
import { MembersService } from './members.service';

@Controller('members')
export class MembersController {
  constructor(private readonly members: MembersService) {}

  @Get()
  list(@Query('order') order: string) {
    return this.members.list(order); // ! critical sql-injection
  }

  @Patch(':id')
  update(@Param('id') id: string, @Body() changes: any) {
    return this.members.update(Number(id), changes); // ! medium mass-assignment
  }

  @Get('leave')
  leave(@Query('to') to: string, @Res() response: Response) {
    response.redirect(to); // ! medium open-redirect
  }
}
