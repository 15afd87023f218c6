import { Column, CreateDateColumn, Entity, Index, PrimaryGeneratedColumn, UpdateDateColumn } from 'typeorm';

@Entity('patients')
@Index(['clinicId', 'lastName', 'id'])
export class Patient {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('uuid')
  clinicId: string;

  @Column()
  firstName: string;

  @Column()
  lastName: string;

  @Column('date')
  bornOn: string;

  @Column({ type: 'varchar', nullable: true })
  phone: string | null;

  @Column({ type: 'varchar', nullable: true })
  email: string | null;

  @Column({ type: 'varchar', nullable: true })
  street: string | null;

  @Column({ type: 'varchar', nullable: true })
  postcode: string | null;

  @Column({ type: 'varchar', nullable: true })
  city: string | null;

  @Column({ type: 'varchar', nullable: true })
  language: string | null;

  @Column({ type: 'varchar', nullable: true })
  emergencyName: string | null;

  @Column({ type: 'varchar', nullable: true })
  emergencyPhone: string | null;

  @Column({ type: 'varchar', nullable: true })
  emergencyRelation: string | null;

  @Column({ type: 'varchar', nullable: true })
  insurer: string | null;

  @Column({ type: 'varchar', nullable: true })
  insuranceNumber: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  insuranceVerifiedAt: Date | null;

  @CreateDateColumn({ type: 'timestamptz' })
  createdAt: Date;

  @UpdateDateColumn({ type: 'timestamptz' })
  updatedAt: Date;
}
