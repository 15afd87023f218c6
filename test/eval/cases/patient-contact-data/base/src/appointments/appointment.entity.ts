import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

@Entity('appointments')
@Index(['clinicId', 'startsAt'])
export class Appointment {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  clinicId: string;

  @Column('uuid')
  patientId: string;

  @Column('uuid')
  doctorId: string;

  @Column('timestamptz')
  startsAt: Date;

  @Column('int')
  minutes: number;

  @Column({ type: 'timestamptz', nullable: true })
  cancelledAt: Date | null;
}
