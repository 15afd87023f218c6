import { ConflictException, Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { PatientsService } from '../patients/patients.service';
import { Appointment } from './appointment.entity';
import type { BookAppointmentDto } from './dto/book-appointment.dto';

/** PostgreSQL's code for a violated exclusion constraint. */
const EXCLUSION = '23P01';

@Injectable()
export class AppointmentsService {
  constructor(
    private readonly source: DataSource,
    private readonly patients: PatientsService,
  ) {}

  /** The constraint appointments_no_overlap decides whether the doctor is free. */
  async book(clinicId: string, dto: BookAppointmentDto): Promise<Appointment> {
    const patient = await this.patients.get(clinicId, dto.patientId);
    const repository = this.source.getRepository(Appointment);
    try {
      return await repository.save(
        repository.create({
          clinicId,
          patientId: patient.id,
          doctorId: dto.doctorId,
          startsAt: dto.startsAt,
          minutes: dto.minutes,
        }),
      );
    } catch (error) {
      if (error instanceof QueryFailedError && error.driverError?.code === EXCLUSION) {
        throw new ConflictException('The doctor is not free');
      }
      throw error;
    }
  }
}
