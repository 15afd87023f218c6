import { Injectable, NotFoundException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { MoreThan, Repository } from 'typeorm';
import type { CreatePatientDto } from './dto/create-patient.dto';
import type { SetInsuranceDto } from './dto/set-insurance.dto';
import type { UpdateContactDto } from './dto/update-contact.dto';
import { Patient } from './patient.entity';

@Injectable()
export class PatientsService {
  constructor(@InjectRepository(Patient) private readonly patients: Repository<Patient>) {}

  list(clinicId: string, after?: string): Promise<Patient[]> {
    return this.patients.find({
      where: { clinicId, ...(after ? { id: MoreThan(after) } : {}) },
      order: { id: 'ASC' },
      take: 100,
    });
  }

  async get(clinicId: string, id: string): Promise<Patient> {
    const patient = await this.patients.findOneBy({ id, clinicId });
    if (!patient) throw new NotFoundException();
    return patient;
  }

  create(clinicId: string, dto: CreatePatientDto): Promise<Patient> {
    return this.patients.save(
      this.patients.create({
        clinicId,
        firstName: dto.firstName,
        lastName: dto.lastName,
        bornOn: dto.bornOn,
        phone: dto.phone ?? null,
        email: dto.email ?? null,
      }),
    );
  }

  async updateContact(clinicId: string, id: string, dto: UpdateContactDto): Promise<Patient> {
    const patient = await this.get(clinicId, id);
    if (dto.phone !== undefined) patient.phone = dto.phone;
    if (dto.email !== undefined) patient.email = dto.email;
    return this.patients.save(patient);
  }

  async setInsurance(clinicId: string, id: string, dto: SetInsuranceDto): Promise<Patient> {
    const patient = await this.get(clinicId, id);
    patient.insurer = dto.insurer;
    patient.insuranceNumber = dto.insuranceNumber;
    patient.insuranceVerifiedAt = dto.verified ? new Date() : null;
    return this.patients.save(patient);
  }
}
