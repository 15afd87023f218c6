import { Body, Controller, Get, Param, ParseUUIDPipe, Patch, Post, Put, Query } from '@nestjs/common';
import { Roles } from '../auth/roles.decorator';
import { CurrentStaff, type Staff } from '../auth/staff';
import { CreatePatientDto } from './dto/create-patient.dto';
import { SetInsuranceDto } from './dto/set-insurance.dto';
import { UpdateContactDto } from './dto/update-contact.dto';
import { PatientsService } from './patients.service';

@Controller('patients')
export class PatientsController {
  constructor(private readonly patients: PatientsService) {}

  @Get()
  list(@CurrentStaff() staff: Staff, @Query('after', new ParseUUIDPipe({ optional: true })) after?: string) {
    return this.patients.list(staff.clinicId, after);
  }

  @Get(':id')
  get(@CurrentStaff() staff: Staff, @Param('id', ParseUUIDPipe) id: string) {
    return this.patients.get(staff.clinicId, id);
  }

  @Post()
  @Roles('reception')
  create(@CurrentStaff() staff: Staff, @Body() dto: CreatePatientDto) {
    return this.patients.create(staff.clinicId, dto);
  }

  @Patch(':id/contact')
  @Roles('reception')
  updateContact(@CurrentStaff() staff: Staff, @Param('id', ParseUUIDPipe) id: string, @Body() dto: UpdateContactDto) {
    return this.patients.updateContact(staff.clinicId, id, dto);
  }

  @Put(':id/insurance')
  @Roles('billing')
  setInsurance(@CurrentStaff() staff: Staff, @Param('id', ParseUUIDPipe) id: string, @Body() dto: SetInsuranceDto) {
    return this.patients.setInsurance(staff.clinicId, id, dto);
  }
}
