import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Member } from './member.entity';

@Injectable()
export class MembersService {
  constructor(@InjectRepository(Member) private readonly members: Repository<Member>) {}

  list(order: string) {
    return this.members.query(`SELECT id, name FROM member ORDER BY ${order} LIMIT 50`);
  }

  update(id: number, changes: Partial<Member>) {
    return this.members.update({ id }, changes);
  }
}
